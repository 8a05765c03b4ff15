/**
 * Leaves: a blank page at once, nothing kept in this tab, then a neutral page in the place of this one.
 * It waits for nothing and needs no network.
 */
export function leavePage(steps: { readonly wipe: () => void; readonly to: string }): void {
  blankPage();
  steps.wipe();
  try {
    window.sessionStorage.clear();
  } catch {
    // Nothing was stored then.
  }
  location.replace(steps.to);
}

/** Nothing of the talk stays in the page, so nothing can be seen while the next one loads. */
export function blankPage(): void {
  document.title = " ";
  document.documentElement.classList.add("blank");
  document.body.replaceChildren();
}

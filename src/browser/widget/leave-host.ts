/**
 * Blanks the page around the widget at once and leaves it. The frame gets a moment to forget what it holds; the
 * white cover is already up, so nothing is seen of it.
 */
export function leaveHost(steps: { readonly wiped: Promise<void> | null; readonly to: string }): void {
  cover();
  const go = () => location.replace(steps.to);
  if (steps.wiped === null) return go();
  const latest = new Promise<void>((resolve) => setTimeout(resolve, WIPE_WITHIN_MS));
  void Promise.race([steps.wiped, latest]).then(go);
}

const WIPE_WITHIN_MS = 80;

function cover(): void {
  const white = document.createElement("div");
  // Set one by one through script, which no content policy of the host forbids.
  const look = { position: "fixed", inset: "0", background: "#fff", "z-index": "2147483647" };
  for (const [name, value] of Object.entries(look)) white.style.setProperty(name, value, "important");
  document.documentElement.append(white);
  // Also what lies above everything else: open dialogs, full screen, sound.
  document.body.style.setProperty("display", "none", "important");
  document.title = " ";
}

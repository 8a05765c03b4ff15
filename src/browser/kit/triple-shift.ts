const WITHIN_MS = 1500;
const NEEDED = 3;

/**
 * Calls `exit` when Shift alone is pressed three times in a row, as on GOV.UK: reachable without looking at the screen.
 * `onLeft` hears how many presses are still needed, and 3 again when the row was broken.
 */
export function onTripleShift(target: Document, exit: () => void, onLeft?: (presses: number) => void): void {
  let presses: number[] = [];
  let fade: ReturnType<typeof setTimeout> | undefined;
  const keep = (next: number[]) => {
    if (next.length !== presses.length) onLeft?.(NEEDED - next.length);
    presses = next;
  };
  target.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") return keep([]);
    keep([...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]);
    clearTimeout(fade);
    if (presses.length >= NEEDED) return exit();
    fade = setTimeout(() => keep([]), WITHIN_MS);
  });
}

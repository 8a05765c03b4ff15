const WITHIN_MS = 1500;

/** Calls `exit` when Shift alone is pressed three times in a row, as on GOV.UK: reachable without looking at the screen. */
export function onTripleShift(target: Document, exit: () => void): void {
  let presses: number[] = [];
  target.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= 3) exit();
  });
}

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** How long to wait before trying again; the jitter keeps a thousand pages from coming back at the same instant. */
export function backoffMs(attempt: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return whole / 2 + Math.random() * (whole / 2);
}

// Vietnam has had one offset and no summer time since 1975.
const VIETNAM_OFFSET_MINUTES = 7 * 60;
const MINUTES_A_DAY = 24 * 60;
const MS_A_MINUTE = 60_000;

/** Whether a moment (ms since 1970) lies within hours of the day in Vietnam, `from` included, `to` not; may run over midnight. */
export function isWithinHours(hours: { readonly from: string; readonly to: string }, now: number): boolean {
  const minutes = (Math.floor(now / MS_A_MINUTE) + VIETNAM_OFFSET_MINUTES) % MINUTES_A_DAY;
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

function minutesOf(clock: string): number {
  const [hour, minute] = clock.split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

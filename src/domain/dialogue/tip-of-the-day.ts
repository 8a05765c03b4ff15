import type { Tip } from "./flow-book.ts";
import { type Listener, voice } from "./speak.ts";

const MS_A_DAY = 86_400_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** The tip of a day (by the calendar of Vietnam) for a moment in ms since 1970: all come in turn, then again from the first. */
export function tipOfTheDay(tips: readonly Tip[], now: number, listener: Listener): string {
  const day = Math.floor((now + VIETNAM_OFFSET_MS) / MS_A_DAY);
  const tip = tips[((day % tips.length) + tips.length) % tips.length];
  return tip === undefined ? "" : voice(tip.tip, listener);
}

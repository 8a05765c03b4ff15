import { z } from "zod";
import { ClockZone, Weekday } from "../calendar/local-day.ts";

/** "09:30"; "24:00" is the end of the day. Hours past midnight are written as a second shift on the next day. */
const ClockTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time such as 13:00");

/** Minutes past midnight, 0 to 1440. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export const Shift = z
  .strictObject({ days: z.array(Weekday).min(1), from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), {
    message: "the end must come after the beginning; for hours past midnight write a second shift",
    path: ["to"],
  });
export type Shift = z.infer<typeof Shift>;

export const WeeklyHours = z.strictObject({
  zone: ClockZone,
  shifts: z.array(Shift).min(1),
  /** The last day on which these hours may be relied on; without it, a year after `checked`. */
  validUntil: z.iso.date().optional(),
});
export type WeeklyHours = z.infer<typeof WeeklyHours>;

/** `unknown`: no source gives the hours. `always` means every hour of every day, Tết included. */
export const Hours = z.union([z.enum(["always", "unknown"]), WeeklyHours]);
export type Hours = z.infer<typeof Hours>;

import { dateOfDay, localDayAt, minuteOfDay, type Weekday, weekdayOf } from "../calendar/local-day.ts";
import { assertNever } from "../kernel/assert-never.ts";
import type { Bilingual, Locale } from "../taxonomy/speaker.ts";
import type { Opening } from "./opening.ts";

const WEEKDAY_NAMES: Readonly<Record<Weekday, Bilingual>> = {
  mon: { vi: "thứ Hai", en: "Monday" },
  tue: { vi: "thứ Ba", en: "Tuesday" },
  wed: { vi: "thứ Tư", en: "Wednesday" },
  thu: { vi: "thứ Năm", en: "Thursday" },
  fri: { vi: "thứ Sáu", en: "Friday" },
  sat: { vi: "thứ Bảy", en: "Saturday" },
  sun: { vi: "Chủ nhật", en: "Sunday" },
};

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Where the listener stands in language and time (ms since 1970). */
interface Reader {
  readonly locale: Locale;
  readonly now: number;
}

/**
 * A few words on whether a line answers, to stand under its name. Clock times are those of Vietnam.
 * "Ngày mai" (tomorrow) is never said: it is also the name of a line.
 */
export function describeOpening(opening: Opening, reader: Reader): string {
  return wordsFor(opening, reader.now)[reader.locale];
}

function wordsFor(opening: Opening, now: number): Bilingual {
  switch (opening.kind) {
    case "always":
      return { vi: "Trực cả ngày lẫn đêm", en: "Open day and night" };
    case "open": {
      const end = endAt(opening.until, now);
      return { vi: `Đang trực đến ${end.vi}`, en: `Open until ${end.en}` };
    }
    case "closed": {
      if (opening.opensAt === null)
        return { vi: "Đang nghỉ, chưa rõ khi nào trực lại", en: "Closed now; not known when it opens again" };
      const begin = beginningAt(opening.opensAt, now);
      return { vi: `Đang nghỉ, trực lại lúc ${begin.vi}`, en: `Closed now, opens again at ${begin.en}` };
    }
    case "uncertain":
      return {
        vi: "Chưa chắc đang có người trực, hãy xem giờ trực trước khi gọi",
        en: "May not be open now: check its hours before calling",
      };
    default:
      return assertNever(opening);
  }
}

function endAt(until: number, now: number): Bilingual {
  // The last minute before the end belongs to the day that people think of: 24:00, not 00:00 of the next.
  const day = localDayAt(until - 1);
  const time = clock(day === localDayAt(until) ? minuteOfDay(until) : 1440);
  return day === localDayAt(now) ? { vi: time, en: time } : joined(time, dayWords(day, now));
}

function beginningAt(opensAt: number, now: number): Bilingual {
  const day = localDayAt(opensAt);
  const time = clock(minuteOfDay(opensAt));
  if (day !== localDayAt(now)) return joined(time, dayWords(day, now));
  // Somebody awake at one in the morning may take "today" for the day before, so the weekday is said as well.
  const weekday = WEEKDAY_NAMES[weekdayOf(day)];
  return { vi: `${time} hôm nay (${weekday.vi})`, en: `${time} today (${weekday.en})` };
}

/** The weekday, and the date as well when that weekday comes round before. */
function dayWords(day: number, now: number): Bilingual {
  const weekday = WEEKDAY_NAMES[weekdayOf(day)];
  if (day - localDayAt(now) < 7) return { vi: weekday.vi, en: `on ${weekday.en}` };
  const date = dateOfDay(day);
  return {
    vi: `${weekday.vi}, ngày ${date.day}/${date.month}`,
    en: `on ${weekday.en} ${date.day} ${MONTHS[date.month - 1] ?? ""}`,
  };
}

function joined(time: string, day: Bilingual): Bilingual {
  return { vi: `${time} ${day.vi}`, en: `${time} ${day.en}` };
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

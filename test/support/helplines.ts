import fc from "fast-check";
import { WEEKDAYS } from "../../src/domain/calendar/local-day.ts";
import { CHILD_LINE, EMERGENCY_LINES } from "../../src/domain/helplines/danger-now.ts";
import { Helpline, HELPLINE_CATEGORIES } from "../../src/domain/helplines/helpline.ts";
import { HOLIDAYS } from "../../src/domain/helplines/holidays.ts";
import { AUDIENCES } from "../../src/domain/taxonomy/speaker.ts";

/** A sure line on weekdays from 13:00 to 20:30 that says nothing about holidays. */
export function aHelpline(over: Partial<Helpline> = {}): Helpline {
  return Helpline.parse({
    id: "test_line",
    number: "1800 0000",
    name: { vi: "Đường dây thử", en: "Test line" },
    note: { vi: "để thử", en: "for tests" },
    for: { audiences: ["anyone"], whom: { vi: "mọi người", en: "anyone" } },
    categories: ["violence"],
    hours: weekly(["mon", "tue", "wed", "thu", "fri"], "13:00", "20:30"),
    cost: "free",
    languages: ["vi"],
    channels: ["call"],
    facts: ["H01"],
    checked: "2026-11-22",
    confidence: "high",
    hoursConfidence: "high",
    verify: null,
    ...over,
  });
}

type WeeklyHours = Exclude<Helpline["hours"], string>;

export function weekly(days: readonly (typeof WEEKDAYS)[number][], from: string, to: string): WeeklyHours {
  return { zone: "Asia/Ho_Chi_Minh", shifts: [{ days: [...days], from, to }] };
}

/** A moment given by the clock of Vietnam, as "2026-11-23 13:00". */
export function at(clock: string): number {
  return Date.parse(`${clock.replace(" ", "T")}:00+07:00`);
}

const minute = fc.integer({ min: 0, max: 1440 });
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const shift = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }), minute, minute)
  .filter(([, a, b]) => a !== b)
  .map(([days, a, b]) => ({ days, from: clock(Math.min(a, b)), to: clock(Math.max(a, b)) }));

/** Hours by the week that may meet, overlap and end at midnight. */
export const anyWeeklyHours: fc.Arbitrary<WeeklyHours> = fc
  .array(shift, { minLength: 1, maxLength: 4 })
  .map((shifts) => ({ zone: "Asia/Ho_Chi_Minh", shifts }));

const holidays = fc.uniqueArray(fc.constantFrom(...HOLIDAYS));
const sureness = fc.constantFrom("high", "high", "medium");

export const anyHelpline: fc.Arbitrary<Helpline> = fc
  .record({
    id: fc.stringMatching(/^line_[a-z0-9]{1,6}$/),
    hours: fc.oneof(
      { weight: 3, arbitrary: anyWeeklyHours },
      fc.constantFrom<Helpline["hours"]>("always", "unknown"),
    ),
    closedOn: holidays,
    openOn: holidays,
    confidence: sureness,
    hoursConfidence: sureness,
    audiences: fc.uniqueArray(fc.constantFrom("teen", "parent", "anyone"), { minLength: 1 }),
    categories: fc.uniqueArray(fc.constantFrom(...HELPLINE_CATEGORIES), { minLength: 1 }),
    ages: fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))),
    provinces: fc.option(fc.uniqueArray(fc.constantFrom("an-giang", "da-nang"), { minLength: 1 })),
  })
  .map(({ audiences, ages, provinces, hours, closedOn, openOn, ...rest }) =>
    aHelpline({
      ...rest,
      hours,
      closedOn: typeof hours === "string" ? [] : closedOn,
      openOn: typeof hours === "string" ? [] : openOn.filter((name) => !closedOn.includes(name)),
      for: { audiences: audiences, whom: { vi: "ai đó", en: "someone" } },
      ...(ages === null ? {} : { minAge: Math.min(...ages), maxAge: Math.max(...ages) }),
      ...(provinces === null ? {} : { provinces }),
    }),
  );

/** Any directory that the loader would accept: the standing lines are in it, wherever they stand. */
export const anyDirectory: fc.Arbitrary<ReadonlyMap<string, Helpline>> = fc
  .array(anyHelpline, { maxLength: 8 })
  .chain((others) => {
    const standing = [CHILD_LINE, ...EMERGENCY_LINES].map((id) => aHelpline({ id, hours: "always" }));
    return fc.shuffledSubarray([...standing, ...others], { minLength: standing.length + others.length });
  })
  .map((lines) => new Map(lines.map((line) => [line.id, line])));

/** Moments of the year in which the lines of these tests are trusted, of the Tết in it, and of years far from it. */
export const anyMoment: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 10, 22), max: Date.UTC(2027, 10, 20) }),
  fc.integer({ min: Date.UTC(2027, 0, 25), max: Date.UTC(2027, 1, 18) }),
  fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2040, 0, 1) }),
);

export const anyNeed = fc.record({
  category: fc.constantFrom("none" as const, ...HELPLINE_CATEGORIES),
  level: fc.constantFrom("none" as const, "concern" as const, "urgent" as const, "emergency" as const),
  audience: fc.constantFrom(...AUDIENCES),
  age: fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined }),
  province: fc.option(fc.constantFrom("an-giang", "da-nang", "ha-noi"), { nil: undefined }),
  now: anyMoment,
  limit: fc.integer({ min: 0, max: 8 }),
});

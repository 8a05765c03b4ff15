import { CASE_ENDINGS, CASE_TAGS, type CaseEnding, type CaseTag } from "../handoff/case-file.ts";
import type { Handoff } from "../handoff/handoff.ts";
import { RISK_LEVELS, type RiskLevel } from "../taxonomy/risk.ts";
import { serversNeeded } from "./erlang-c.ts";

/** What became of the cases of one level. Times in milliseconds. */
export interface LevelReport {
  readonly level: RiskLevel;
  readonly asked: number;
  /** A counsellor wrote to them. */
  readonly reached: number;
  /** Left, or chose otherwise, before a counsellor wrote. */
  readonly leftBefore: number;
  /** Still waiting for a first word. */
  readonly pending: number;
  /** From the request to a counsellor's first word, of those reached. Null when nobody was. */
  readonly firstReplyP50: number | null;
  readonly firstReplyP90: number | null;
}

export interface Report {
  readonly levels: readonly LevelReport[];
  /** How the cases ended that a counsellor ended; `null`: nobody said how. Those that never occurred are left out. */
  readonly endings: readonly { readonly ending: CaseEnding | null; readonly count: number }[];
  /** What they were about, as counsellors say; a case may be about several things. */
  readonly tags: readonly { readonly tag: CaseTag; readonly count: number }[];
  /** Cases by weekday (0 is Monday) and hour, by the clock of Vietnam: the mean of each such hour in the span. */
  readonly hourly: readonly (readonly number[])[];
  /** Seats (chats held at one time) that each such hour would need; see `AIM`. Null where no case has ended. */
  readonly seats: readonly (readonly number[])[] | null;
}

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Vietnam has kept UTC+7 since 1975. */
const OFFSET_MS = 7 * HOUR_MS;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;
/** At most one in ten waits longer than two minutes. */
const AIM = { waitMs: 2 * 60_000, share: 0.1 } as const;

/** Midnight in Vietnam of a date like 2026-11-23, in milliseconds since 1970; null for what is no date. */
export function startOfDay(date: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00+07:00`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** From records and times alone: no word of anybody is read for it. `until` is not part of the span. */
export function reportOf(
  cases: readonly Handoff[],
  span: { readonly from: number; readonly until: number },
): Report {
  const hourly = byHourOfWeek(cases, span);
  const lengths = cases.flatMap(({ claimedAt, endedAt, status }) =>
    status === "resolved" && claimedAt !== null && endedAt !== null ? [endedAt - claimedAt] : [],
  );
  const mean = lengths.reduce((sum, each) => sum + each, 0) / lengths.length;
  return {
    levels: RISK_LEVELS.toReversed().map((level) =>
      levelReport(
        level,
        cases.filter(({ risk }) => risk.level === level),
      ),
    ),
    endings: countEndings(cases),
    tags: CASE_TAGS.map((tag) => ({
      tag,
      count: cases.filter(({ file }) => file.tags.includes(tag)).length,
    })).filter(({ count }) => count > 0),
    hourly,
    seats: lengths.length === 0 ? null : hourly.map((day) => day.map((perHour) => seatsFor(perHour, mean))),
  };
}

function countEndings(cases: readonly Handoff[]): Report["endings"] {
  const resolved = cases.filter(({ status }) => status === "resolved");
  return [...CASE_ENDINGS, null]
    .map((ending) => ({ ending, count: resolved.filter((each) => each.ending === ending).length }))
    .filter(({ count }) => count > 0);
}

function levelReport(level: RiskLevel, cases: readonly Handoff[]): LevelReport {
  const waits = cases
    .flatMap(({ firstReplyAt, requestedAt }) => (firstReplyAt === null ? [] : [firstReplyAt - requestedAt]))
    .sort((a, b) => a - b);
  const unreached = cases.filter(({ firstReplyAt }) => firstReplyAt === null);
  const leftBefore = unreached.filter(({ endedAt }) => endedAt !== null).length;
  return {
    ...{ level, asked: cases.length, reached: waits.length, leftBefore },
    pending: unreached.length - leftBefore,
    firstReplyP50: at(waits, 0.5),
    firstReplyP90: at(waits, 0.9),
  };
}

function at(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

function byHourOfWeek(
  cases: readonly Handoff[],
  { from, until }: { readonly from: number; readonly until: number },
): number[][] {
  const counts = emptyWeek();
  const hours = emptyWeek();
  for (const { requestedAt } of cases) add(counts, requestedAt);
  for (let hour = from; hour < until; hour += HOUR_MS) add(hours, hour);
  return counts.map((day, d) => day.map((count, h) => count / Math.max(1, hours[d]?.[h] ?? 0)));
}

const emptyWeek = () => Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));

function add(week: number[][], moment: number): void {
  const local = moment + OFFSET_MS;
  const day = week[(Math.floor(local / DAY_MS) + FIRST_WEEKDAY) % 7];
  const hour = Math.floor(local / HOUR_MS) % 24;
  if (day !== undefined) day[hour] = (day[hour] ?? 0) + 1;
}

function seatsFor(perHour: number, meanMs: number): number {
  if (perHour === 0 || meanMs <= 0) return 0;
  const offered = (perHour * meanMs) / HOUR_MS;
  return serversNeeded(offered, { wait: AIM.waitMs / meanMs, share: AIM.share });
}

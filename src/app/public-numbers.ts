import { estimateTalks } from "../domain/review/place-in-sample.ts";
import { WEEK_MS, weekOf } from "../domain/review/review-week.ts";
import { reportOf } from "../domain/staffing/report.ts";
import { RISK_LEVELS, type RiskLevel } from "../domain/taxonomy/risk.ts";
import type { Clock, Store } from "./ports.ts";
import { type ReviewSample, SAMPLE_SETS } from "./review-sample.ts";

/** A count that may be seen by everybody: rounded to tens, and null ("few") where it could point at one person. */
export type PublicCount = number | null;

/** How the service went, for everybody: the last four whole weeks. Nothing in it changes within a week. */
export interface PublicNumbers {
  /** Milliseconds since 1970; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
  readonly talks: PublicCount;
  readonly levels: readonly {
    readonly level: RiskLevel;
    readonly asked: PublicCount;
    readonly reached: PublicCount;
    /** From the request to a counsellor's first word: half waited less, one in ten more. Null with few people. */
    readonly firstReplyP50: number | null;
    readonly firstReplyP90: number | null;
  }[];
}

const WEEKS = 4;
/** Fewer could be told apart by somebody who knows one of them. */
const FEWEST = 10;

/** Worked out once a week: a figure that is asked for every minute would tell when somebody came. */
export function createPublicNumbers(deps: {
  readonly store: Pick<Store, "handoffs">;
  readonly sample: Pick<ReviewSample, "talks">;
  readonly clock: Clock;
}): () => Promise<PublicNumbers> {
  let known: { readonly until: number; readonly numbers: Promise<PublicNumbers> } | null = null;
  return () => {
    const { from: until } = weekOf(deps.clock.now());
    if (known?.until === until) return known.numbers;
    const numbers = workOut(deps, until);
    const fresh = { until, numbers };
    known = fresh;
    numbers.catch(() => {
      if (known === fresh) known = null;
    });
    return numbers;
  };
}

async function workOut(
  { store, sample }: Parameters<typeof createPublicNumbers>[0],
  until: number,
): Promise<PublicNumbers> {
  const from = until - WEEKS * WEEK_MS;
  const weeks = Array.from({ length: WEEKS }, (_, n) => weekOf(from + n * WEEK_MS));
  const drawn = await Promise.all(weeks.map((week) => sample.talks(week)));
  const talks = drawn.reduce((sum, week) => {
    const ranks = week.filter(({ set }) => set === "all").map(({ rank }) => rank);
    const empty = Array.from({ length: Math.max(0, SAMPLE_SETS.all - ranks.length) }, () => 1);
    return sum + estimateTalks([...ranks, ...empty]);
  }, 0);
  const report = reportOf(await store.handoffs.requested(from, until), { from, until });
  return {
    ...{ from, until, talks: shown(talks) },
    levels: RISK_LEVELS.toReversed().flatMap((level) =>
      report.levels
        .filter((each) => each.level === level)
        .map(({ asked, reached, firstReplyP50, firstReplyP90 }) => ({
          ...{ level, asked: shown(asked), reached: shown(reached) },
          firstReplyP50: reached < FEWEST ? null : firstReplyP50,
          firstReplyP90: reached < FEWEST ? null : firstReplyP90,
        })),
    ),
  };
}

const shown = (count: number): PublicCount => (count < FEWEST ? null : Math.round(count / 10) * 10);

import { createRandom } from "../../adapters/nlu/nlpjs/random.ts";
import { compareHandoffs, type QueuePlace } from "../../domain/handoff/handoff.ts";
import type { RiskLevel } from "../../domain/taxonomy/risk.ts";

export type CaseLevel = Exclude<RiskLevel, "none">;

/** A queue of people and the counsellors who serve it. All times in milliseconds. */
export interface DeskPlan {
  /** Moments at which somebody is put in the queue, in rising order. */
  readonly arrivals: readonly number[];
  /** Shares of the levels; they add up to 1. */
  readonly levels: Readonly<Record<CaseLevel, number>>;
  /** Cases that can be held at one time, over all counsellors. */
  readonly seats: number;
  readonly meanServiceMs: number;
  /** "steady": exponential, as Erlang's formula has it; "spread": lognormal with the same mean, as chats are. */
  readonly service: "steady" | "spread";
  /** Mean time after which somebody who waits gives up; null: never. */
  readonly meanPatienceMs: number | null;
  readonly seed: number;
}

export interface Served {
  readonly level: CaseLevel;
  readonly arrivedAt: number;
  /** Milliseconds until a counsellor came; null for who gave up. */
  readonly waitedMs: number | null;
}

interface Waiting extends QueuePlace {
  readonly level: CaseLevel;
  readonly serviceMs: number;
  readonly givesUpAt: number;
}

/** Spread of the lognormal: the standard deviation is about four fifths of the mean. */
const SIGMA = 0.7;

/** Each case meets the queue order of the server itself (`compareHandoffs`). The same seed gives the same evening. */
export function simulateDesk(plan: DeskPlan): Served[] {
  const random = createRandom(plan.seed);
  const served: Served[] = [];
  const waiting: Waiting[] = [];
  /** Ends of the cases under way, in falling order. */
  const ends: number[] = [];

  const take = (at: number) => {
    while (ends.length < plan.seats) {
      const next = waiting.shift();
      if (next === undefined) return;
      const isGone = next.givesUpAt < at;
      served.push({
        level: next.level,
        arrivedAt: next.requestedAt,
        waitedMs: isGone ? null : at - next.requestedAt,
      });
      if (!isGone) insert(ends, at + next.serviceMs, (a, b) => b - a);
    }
  };
  const finishUntil = (limit: number) => {
    for (let end = ends.at(-1); end !== undefined && end <= limit; end = ends.at(-1)) {
      ends.pop();
      take(end);
    }
  };

  for (const [index, at] of plan.arrivals.entries()) {
    finishUntil(at);
    const level = drawLevel(plan.levels, random());
    const patience =
      plan.meanPatienceMs === null ? Number.POSITIVE_INFINITY : exponential(random(), plan.meanPatienceMs);
    const serviceMs = drawService(plan, random);
    const place = { id: String(index).padStart(9, "0"), requestedAt: at, risk: { level } };
    insert(waiting, { ...place, level, serviceMs, givesUpAt: at + patience }, compareHandoffs);
    take(at);
  }
  finishUntil(Number.POSITIVE_INFINITY);
  return served;
}

function drawLevel(levels: DeskPlan["levels"], dice: number): CaseLevel {
  if (dice < levels.emergency) return "emergency";
  return dice < levels.emergency + levels.urgent ? "urgent" : "concern";
}

function drawService({ service, meanServiceMs }: DeskPlan, random: () => number): number {
  if (service === "steady") return exponential(random(), meanServiceMs);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return meanServiceMs * Math.exp(SIGMA * normal - SIGMA ** 2 / 2);
}

const exponential = (dice: number, mean: number) => -Math.log(1 - dice) * mean;

function insert<T>(sorted: T[], item: T, compare: (a: T, b: T) => number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, item);
}

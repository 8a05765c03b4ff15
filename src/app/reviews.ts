import { isOpenedByReview, openAfterReview } from "../domain/handoff/open-after-review.ts";
import type { Handoff } from "../domain/handoff/handoff.ts";
import { type CounsellorId, HandoffId } from "../domain/kernel/ids.ts";
import { estimateRecall, type RecallEstimate } from "../domain/review/estimate-recall.ts";
import { estimateTalks } from "../domain/review/place-in-sample.ts";
import { type ReviewWeek, WEEK_MS, weekOf } from "../domain/review/review-week.ts";
import { decide, Verdict } from "../domain/review/verdict.ts";
import { isAtLeast, type RiskLevel } from "../domain/taxonomy/risk.ts";
import { replaceIdentifiers } from "../domain/text/identifiers/replace-identifiers.ts";
import { AppError } from "./errors.ts";
import type { Clock, ContentSource, EventBus, Ids, Store } from "./ports.ts";
import { publishOutcome } from "./publish-outcome.ts";
import { type ReviewSample, SAMPLE_SETS, type SampledTalk } from "./review-sample.ts";

/** A talk that no counsellor saw, as a reader gets it: what the person wrote, and nothing of what anybody made of it. */
export interface TalkToReview {
  readonly id: string;
  readonly lines: readonly { readonly at: number; readonly text: string }[];
}

export interface ReviewedWeek {
  /** Its Monday. */
  readonly name: string;
  /** Talks altogether, about. */
  readonly talks: number;
  readonly sampled: number;
  readonly judged: number;
  readonly missed: number;
  /** Missed dangers among the talks that almost went to a counsellor. */
  readonly missedNear: number;
  readonly caught: number;
  readonly estimate: RecallEstimate | null;
}

export interface Reviews {
  /** The next talk for this reader, or null when there is none left. */
  next(by: CounsellorId): Promise<TalkToReview | null>;
  /** `opened`: danger was seen, and the person is in the queue now. `gone`: no such talk (any more). */
  judge(
    id: string,
    verdict: { readonly by: CounsellorId; readonly level: RiskLevel | null },
  ): Promise<"kept" | "opened" | "gone">;
  /** This week and the four before it, the newest first. */
  weeks(): Promise<ReviewedWeek[]>;
}

interface Deps {
  readonly store: Pick<Store, "load" | "transcript" | "commit" | "handoffs" | "accounts" | "shelf">;
  readonly sample: Pick<ReviewSample, "talks">;
  readonly content: ContentSource;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
}

const WEEKS_SHOWN = 5;
const KEEP_MS = 6 * WEEK_MS;
const MOST_LINES = 200;
const MAX_STALE = 20;

/**
 * Reading again what the bot answered alone. Two readers judge each talk without knowing what the other, or triage,
 * thought of it; from the talks that were missed follows how many are missed altogether.
 */
export function createReviews(deps: Deps): Reviews {
  const { store, sample, clock } = deps;
  const weeksUpTo = (now: number, count: number) =>
    Array.from({ length: count }, (_, back) => weekOf(now - back * WEEK_MS));

  async function verdictsOn({ id, conversationId }: SampledTalk): Promise<Map<CounsellorId, Verdict>> {
    const accounts = await store.accounts.all();
    const found = await Promise.all(
      accounts.map(async (account) => {
        const read = Verdict.safeParse(await store.shelf.get(verdictName(id, account.id)));
        return read.success && read.data.conversationId === conversationId
          ? ([[account.id, read.data]] as const)
          : [];
      }),
    );
    return new Map(found.flat());
  }

  /** One walk over the cases, however many weeks are looked at. */
  async function casesSince(weeks: readonly ReviewWeek[]): Promise<Handoff[]> {
    const first = Math.min(...weeks.map(({ from }) => from));
    return store.handoffs.requested(first - WEEK_MS, clock.now() + 1);
  }

  return {
    async next(by) {
      const weeks = weeksUpTo(clock.now(), 2).toReversed();
      const cases = await casesSince(weeks);
      const seen = idsOf(cases.filter((each) => !isOpenedByReview(each)));
      for (const week of weeks) {
        for (const talk of await sample.talks(week)) {
          if (seen.has(talk.conversationId)) continue;
          // The second reader reads no more than the first one did.
          const until = cases.find(
            ({ conversationId }) => conversationId === talk.conversationId,
          )?.requestedAt;
          const verdicts = await verdictsOn(talk);
          if (verdicts.has(by) || decide([...verdicts.values()]) !== "open") continue;
          const lines = await linesOf(store, talk, until ?? Number.POSITIVE_INFINITY);
          if (lines.length > 0) return { id: talk.id, lines };
        }
      }
      return null;
    },
    async judge(id, { by, level }) {
      const week = weeksUpTo(clock.now(), WEEKS_SHOWN).find(({ name }) => id.startsWith(`${name}.`));
      const talk = week && (await sample.talks(week)).find((each) => each.id === id);
      if (talk === undefined || (await store.load(talk.conversationId)) === null) return "gone";
      const { conversationId } = talk;
      const verdict: Verdict = { conversationId, level, at: clock.now() };
      await store.shelf.put(verdictName(id, by), verdict, KEEP_MS);
      if (level === null || !isAtLeast(level, "urgent")) return "kept";
      return (await open(deps, talk, { by, level })) ? "opened" : "kept";
    },
    async weeks() {
      const weeks = weeksUpTo(clock.now(), WEEKS_SHOWN);
      const cases = await casesSince(weeks);
      const seen = idsOf(cases.filter((each) => !isOpenedByReview(each)));
      return Promise.all(
        weeks.map(async (week) => {
          const talks = await sample.talks(week);
          const ofWeek = cases.filter(
            ({ requestedAt }) => requestedAt >= week.from && requestedAt < week.until,
          );
          const decided = await Promise.all(
            talks.map(async (talk) => {
              const decision = decide([...(await verdictsOn(talk)).values()]);
              // Who came to a counsellor without a reader's doing was not missed.
              return {
                set: talk.set,
                decision: seen.has(talk.conversationId) ? ("fine" as const) : decision,
              };
            }),
          );
          return summarise(week, { talks, decided, cases: ofWeek });
        }),
      );
    },
  };
}

function summarise(
  week: ReviewWeek,
  known: {
    readonly talks: readonly SampledTalk[];
    readonly decided: readonly Pick<
      SampledTalk & { decision: ReturnType<typeof decide> },
      "set" | "decision"
    >[];
    readonly cases: readonly Handoff[];
  },
): ReviewedWeek {
  const drawn = known.talks.filter(({ set }) => set === "all");
  const empty = Array.from({ length: SAMPLE_SETS.all - drawn.length }, () => 1);
  const ranks = [...drawn.map(({ rank }) => rank), ...empty];
  const count = (set: SampledTalk["set"], wanted: readonly string[]) =>
    known.decided.filter((each) => each.set === set && wanted.includes(each.decision)).length;
  const caught = known.cases.filter(
    (each) => each.cause === "risk" && isAtLeast(each.risk.level, "urgent") && !isOpenedByReview(each),
  ).length;
  const counts = {
    caught,
    talks: estimateTalks(ranks),
    judged: count("all", ["missed", "fine"]),
    missed: count("all", ["missed"]),
  };
  return {
    ...counts,
    name: week.name,
    sampled: drawn.length,
    missedNear: count("near", ["missed"]),
    estimate: estimateRecall(counts),
  };
}

async function linesOf(
  store: Pick<Store, "transcript">,
  { conversationId }: SampledTalk,
  until: number,
): Promise<TalkToReview["lines"]> {
  const entries = await store.transcript(conversationId, { after: 0, limit: MOST_LINES });
  return entries.flatMap(({ at, from, said }) =>
    from === "person" && said?.kind === "text" && at <= until
      ? [{ at, text: replaceIdentifiers(said.text) }]
      : [],
  );
}

/** What a reader found must not wait for the second one: the person goes into the queue at once. */
async function open(
  { store, content, events, clock, ids }: Deps,
  { id, conversationId }: SampledTalk,
  { by, level }: { readonly by: CounsellorId; readonly level: RiskLevel },
): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_STALE; attempt++) {
    const conversation = await store.load(conversationId);
    if (conversation === null) return false;
    const outcome = openAfterReview(content.current(), conversation, {
      level,
      newHandoffId: HandoffId.parse(ids.next()),
      by: { counsellorId: by, now: clock.now() },
    });
    if (outcome === null) return false;
    const commit = await store.commit(outcome, { kind: "act", actId: `review-${id}-${ids.next()}` });
    if (commit === "stale") continue;
    publishOutcome(events, outcome);
    return true;
  }
  throw new AppError("TURN_ALWAYS_STALE");
}

const idsOf = (cases: readonly Handoff[]) => new Set(cases.map(({ conversationId }) => conversationId));
const verdictName = (id: string, by: CounsellorId) => `review-verdict-${id}-${by}`;

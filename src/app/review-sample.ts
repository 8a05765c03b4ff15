import { z } from "zod";
import type { Outcome } from "../domain/conversation/outcome.ts";
import { ConversationId } from "../domain/kernel/ids.ts";
import { placeInSample } from "../domain/review/place-in-sample.ts";
import { type ReviewWeek, WEEK_MS, weekOf } from "../domain/review/review-week.ts";
import type { Clock, Logger, Shelf } from "./ports.ts";

/** `all`: any talk; from it the share of missed dangers is estimated. `near`: those that almost went to a counsellor. */
export const SAMPLE_SETS = { all: 60, near: 20 } as const;
export type SampleSet = keyof typeof SAMPLE_SETS;
const SETS: readonly SampleSet[] = ["all", "near"];

const Sampled = z.strictObject({ conversationId: ConversationId, rank: z.number().min(0).max(1) });

export interface SampledTalk {
  readonly id: string;
  readonly set: SampleSet;
  readonly conversationId: ConversationId;
  readonly rank: number;
}

export interface ReviewSample {
  /** Gives a talk its chance. Never rejects, and keeps nothing of it but its id. */
  offer(outcome: Outcome): Promise<void>;
  /** The talks that are in the sample of a week now. */
  talks(week: ReviewWeek): Promise<SampledTalk[]>;
}

/** How long a week's sample can be read. */
const KEEP_MS = 5 * WEEK_MS;

export function createReviewSample(deps: {
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly log: Logger;
}): ReviewSample {
  const { shelf, clock, log } = deps;
  /** The rank to beat, as far as this process knows: most talks are no match, and cost no reading. */
  const best = new Map<string, number>();
  let bestOf = "";

  async function offerIn(set: SampleSet, week: ReviewWeek, conversationId: ConversationId): Promise<void> {
    const { place, rank } = placeInSample(conversationId, `${week.name} ${set}`, SAMPLE_SETS[set]);
    const name = nameOf(week, set, place);
    if (rank >= (best.get(name) ?? 2)) return;
    const there = Sampled.safeParse(await shelf.get(name)).data;
    best.set(name, Math.min(rank, there?.rank ?? 2));
    if (there === undefined || rank < there.rank)
      await shelf.put(name, { conversationId, rank }, week.until + KEEP_MS - clock.now());
  }

  return {
    async offer({ conversation, erase }) {
      if (erase) return;
      const week = weekOf(clock.now());
      if (bestOf !== week.name) best.clear();
      bestOf = week.name;
      const isNear = conversation.risk.level === "concern" && conversation.mode.kind === "bot";
      try {
        await offerIn("all", week, conversation.id);
        if (isNear) await offerIn("near", week, conversation.id);
      } catch (cause) {
        log.error("review-sample-failed", { cause });
      }
    },
    async talks(week) {
      const names = SETS.flatMap((set) =>
        Array.from({ length: SAMPLE_SETS[set] }, (_, place) => ({ set, name: nameOf(week, set, place) })),
      );
      const found = await Promise.all(
        names.map(async ({ set, name }): Promise<SampledTalk[]> => {
          const { success, data } = Sampled.safeParse(await shelf.get(name));
          return success ? [{ ...data, set, id: name.slice(PREFIX.length) }] : [];
        }),
      );
      return found.flat();
    },
  };
}

const PREFIX = "review-";
const nameOf = (week: ReviewWeek, set: SampleSet, place: number) => `${PREFIX}${week.name}.${set}.${place}`;

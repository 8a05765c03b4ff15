import { decideOnMark, type MarkDecision } from "../domain/handoff/case-file.ts";
import { concludeAct } from "../domain/handoff/conclude-act.ts";
import type { Handoff } from "../domain/handoff/handoff.ts";
import { HandoffId } from "../domain/kernel/ids.ts";
import type { Audience, Locale } from "../domain/taxonomy/speaker.ts";
import { replaceIdentifiers } from "../domain/text/identifiers/replace-identifiers.ts";
import { AppError } from "./errors.ts";
import type { Clock, Ids, Store } from "./ports.ts";

/** A line that a counsellor marked as one the bot could have answered. */
export interface Improvement {
  readonly id: string;
  readonly at: number;
  /** With marks for names, numbers and addresses. */
  readonly text: string;
  readonly locale: Locale;
  readonly audience: Audience;
  readonly decision: MarkDecision | null;
}

export interface Improvements {
  /** The newest first. */
  list(): Promise<Improvement[]>;
  /** False when there is no such line (any more). */
  decide(id: string, decision: Omit<MarkDecision, "at">): Promise<boolean>;
}

const DAY_MS = 24 * 3600 * 1000;
/** Cases are gone before it in any house that keeps to the default of 30 days. */
const LOOK_BACK_MS = 60 * DAY_MS;
const MOST = 500;
const MAX_STALE = 20;

/**
 * Nothing is copied: the list is read from the cases each time, and what an editor decides is kept with the case. So
 * both go with the conversation, and what a person had deleted is in no list.
 */
export function createImprovements(deps: {
  readonly store: Pick<Store, "handoffs" | "transcript" | "load" | "commit">;
  readonly clock: Clock;
  readonly ids: Ids;
}): Improvements {
  const { store, clock, ids } = deps;

  async function lineOf(handoff: Handoff, seq: number): Promise<Improvement | null> {
    const { id, conversationId, locale, audience } = handoff;
    const mark = handoff.file.marks.find((each) => each.seq === seq);
    const [entry] = await store.transcript(conversationId, { after: seq - 1, limit: 1 });
    if (mark === undefined || entry?.from !== "person" || entry.said?.kind !== "text") return null;
    const text = replaceIdentifiers(entry.said.text);
    return { ...{ text, locale, audience, at: entry.at, id: `${id}.${seq}` }, decision: mark.decision };
  }

  return {
    async list() {
      const now = clock.now();
      const cases = await store.handoffs.requested(now - LOOK_BACK_MS, now + 1);
      const marks = cases
        .flatMap((handoff) => handoff.file.marks.map(({ seq, at }) => ({ handoff, seq, at })))
        .sort((a, b) => b.at - a.at)
        .slice(0, MOST);
      const lines = await Promise.all(marks.map(({ handoff, seq }) => lineOf(handoff, seq)));
      return lines.filter((each) => each !== null);
    },
    async decide(id, decision) {
      const [, caseId = "", seq = ""] = /^([A-Za-z0-9_-]{1,128})\.(\d{1,9})$/.exec(id) ?? [];
      const handoffId = HandoffId.safeParse(caseId).data;
      for (let attempt = 0; handoffId !== undefined && attempt < MAX_STALE; attempt++) {
        const found = await store.handoffs.get(handoffId);
        const conversation = found === null ? null : await store.load(found.conversationId);
        // Read behind the conversation, whose revision then guards both.
        const handoff = conversation === null ? null : await store.handoffs.get(handoffId);
        if (conversation === null || handoff === null) return false;
        const now = clock.now();
        const file = decideOnMark(handoff.file, Number(seq), { ...decision, at: now });
        if (file === null) return false;
        const by = { counsellorId: decision.by, now };
        const outcome = concludeAct(conversation, by, {
          handoff: { ...handoff, file },
          entries: [],
          act: null,
        });
        const commit = await store.commit(outcome, { kind: "act", actId: `decide-${ids.next()}` });
        if (commit !== "stale") return true;
      }
      if (handoffId === undefined) return false;
      throw new AppError("TURN_ALWAYS_STALE");
    },
  };
}

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Conversation } from "../../../src/domain/conversation/conversation.ts";
import type { Outcome } from "../../../src/domain/conversation/outcome.ts";
import { actOnCase, type CounsellorAct } from "../../../src/domain/handoff/counsellor-acts.ts";
import type { Handoff } from "../../../src/domain/handoff/handoff.ts";
import { OFFER_MS } from "../../../src/domain/handoff/transfer.ts";
import { readHandoff } from "../../../src/domain/stored/read-handoff.ts";
import { aConversation, aHandoff, aRisk, counsellorId, NOON } from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const LAN = counsellorId("lan");
const MINH = counsellorId("minh");
const HOA = counsellorId("hoa");

interface Stored {
  readonly conversation: Conversation;
  readonly handoff: Handoff;
}

/** A case of Lan's, as the store holds it. */
function ofLan(over: Partial<Handoff> = {}): Stored {
  const handoff = aHandoff({ status: "live", counsellorId: LAN, claimedAt: NOON, ...over });
  const mode = { kind: "live", handoffId: handoff.id, counsellorId: LAN } as const;
  return { handoff, conversation: aConversation({ mode, risk: aRisk("urgent"), lastSeq: 4 }) };
}

function act(at: Stored, what: CounsellorAct, { who = LAN, now = NOON } = {}) {
  const result = actOnCase(book, at, { act: what, by: { counsellorId: who, now } });
  return result.kind === "refused"
    ? { ...result, next: at, outcome: null }
    : { kind: "done" as const, reason: null, outcome: result.outcome, next: stored(at, result.outcome) };
}

const stored = (before: Stored, { conversation, handoff }: Outcome): Stored => ({
  conversation,
  handoff: handoff ?? before.handoff,
});
const offered = (to: Handoff["counsellorId"]) => act(ofLan(), { kind: "offer", to }).next;
const accept = { kind: "accept", offeredAt: NOON } as const;

describe("handing a live case to a colleague", () => {
  it("leaves the person with who offers it, and tells them nothing of the offer", () => {
    const { outcome, next } = act(ofLan(), { kind: "offer", to: MINH });
    expect(next.handoff).toMatchObject({ status: "live", counsellorId: LAN, transfer: { state: "open" } });
    expect(outcome?.entries).toEqual([]);
    expect(act(next, { kind: "say", text: "Chị vẫn đây" }).kind).toBe("done");
    expect(act(next, { kind: "say", text: "Chào em" }, { who: MINH }).reason).toBe("not-yours");
  });

  it("changes owner in one commit with the conversation when it is accepted, with one line to the person", () => {
    const { outcome, next } = act(offered(MINH), accept, { who: MINH, now: NOON + 5000 });
    expect(next.handoff).toMatchObject({
      status: "live",
      counsellorId: MINH,
      claimedAt: NOON + 5000,
      transfer: null,
    });
    expect(next.conversation.mode).toMatchObject({ kind: "live", counsellorId: MINH });
    expect(outcome?.entries.map(({ speech }) => speech?.text ?? "")).toEqual([
      expect.stringMatching(/tư vấn viên khác.*111/),
    ]);
    expect(outcome?.audit).toMatchObject([{ act: "handoff-transferred", by: MINH, detail: "lan > minh" }]);
    expect(act(next, { kind: "say", text: "Còn chị" }).reason).toBe("not-yours");
  });

  it("asks one colleague or the whole group; nobody else and no owner may accept", () => {
    expect(act(offered(MINH), accept, { who: HOA }).reason).toBe("no-offer");
    expect(act(offered(null), accept, { who: HOA }).kind).toBe("done");
    expect(act(offered(null), accept, { who: LAN }).reason).toBe("no-offer");
    expect(act(ofLan(), { kind: "offer", to: LAN }).reason).toBe("not-yours");
    expect(act(ofLan(), { kind: "offer", to: HOA }, { who: MINH }).reason).toBe("not-yours");
  });

  it("stays with the sender on refusal, who sees that until they put it away", () => {
    const { next } = act(offered(MINH), { kind: "decline", offeredAt: NOON }, { who: MINH });
    expect(next.handoff).toMatchObject({ counsellorId: LAN, transfer: { state: "refused", to: MINH } });
    expect(act(next, accept, { who: MINH }).reason).toBe("no-offer");
    expect(act(next, { kind: "withdraw" }).next.handoff.transfer).toBeNull();
  });

  it("is no longer refused for all by one of the group", () => {
    expect(act(offered(null), { kind: "decline", offeredAt: NOON }, { who: MINH }).reason).toBe("no-offer");
  });

  it("can be accepted up to the last millisecond of a minute; from the next on it can only time out", () => {
    const at = (now: number) => ({
      accepts: act(offered(MINH), accept, { who: MINH, now }).kind,
      expires: act(offered(MINH), { kind: "expire", offeredAt: NOON }, { now }).kind,
    });
    expect(at(NOON + OFFER_MS - 1)).toEqual({ accepts: "done", expires: "refused" });
    expect(at(NOON + OFFER_MS)).toEqual({ accepts: "refused", expires: "done" });
  });

  it("is answered for the offer that was seen, not for a later one", () => {
    const again = act(offered(MINH), { kind: "offer", to: MINH }, { now: NOON + 1000 }).next;
    expect(act(again, accept, { who: MINH, now: NOON + 2000 }).reason).toBe("no-offer");
    expect(act(again, { kind: "accept", offeredAt: NOON + 1000 }, { who: MINH }).kind).toBe("done");
  });

  it("is void once somebody else owns the case, as when an older version of the server gave it on", () => {
    const stale = { from: LAN, to: MINH, offeredAt: NOON, state: "open" } as const;
    const at = ofLan({ counsellorId: HOA, transfer: stale });
    expect(act(at, accept, { who: MINH }).reason).toBe("no-offer");
  });

  it("does not let a lapse that was meant for the claim before it end the new one", () => {
    const { next } = act(offered(MINH), accept, { who: MINH, now: NOON });
    expect(act(next, { kind: "lapse", claimedAt: NOON }, { who: MINH }).reason).toBe("not-yours");
    expect(next.handoff.claimedAt).toBe(NOON + 1);
  });

  it("has exactly one winner and never two owners, in every order and with every stale reading", () => {
    const racers = [
      { who: MINH, act: accept },
      { who: HOA, act: accept },
      { who: LAN, act: { kind: "expire", offeredAt: NOON } },
      { who: LAN, act: { kind: "release" } },
      { who: LAN, act: { kind: "resolve" } },
      { who: LAN, act: { kind: "withdraw" } },
      { who: LAN, act: { kind: "lapse", claimedAt: NOON } },
      { who: MINH, act: { kind: "decline", offeredAt: NOON } },
    ] as const;
    const order = fc.shuffledSubarray([...racers], { minLength: 2 });
    // Each racer has read the state some commits ago; where it is stale the store says so and the act is taken anew.
    const lags = fc.array(fc.nat(4), { minLength: racers.length, maxLength: racers.length });
    const near = fc.integer({ min: NOON + OFFER_MS - 3, max: NOON + OFFER_MS + 3 });
    const to = fc.constantFrom(null, MINH);
    fc.assert(
      fc.property(fc.record({ runners: order, behind: lags, start: near, asked: to }), (race) => {
        const { runners, behind, start, asked } = race;
        const history = [offered(asked)];
        let ends = 0;
        for (const [i, { who, act: what }] of runners.entries()) {
          const now = start + i;
          const newest = history.at(-1) ?? ofLan();
          const read = history[Math.max(0, history.length - 1 - (behind[i] ?? 0))] ?? newest;
          const first = act(read, what, { who, now });
          const isStale = first.outcome?.conversation.revision !== newest.conversation.revision + 1;
          const done = first.kind === "done" && isStale ? act(newest, what, { who, now }) : first;
          if (done.kind === "refused") continue;
          const { handoff: was } = newest;
          const { handoff, conversation } = done.next;
          // Once it is no longer Lan's, nothing of this race may change it again.
          expect(was.counsellorId === LAN && was.status === "live").toBe(true);
          if (handoff.counsellorId !== LAN || handoff.status !== "live") ends++;
          if (handoff.status === "live")
            expect(conversation.mode).toEqual({
              kind: "live",
              handoffId: handoff.id,
              counsellorId: handoff.counsellorId,
            });
          else expect(conversation.mode.kind).not.toBe("live");
          history.push(done.next);
        }
        expect(ends).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it("reads cases that were stored before there were offers", () => {
    const { transfer: _, ...old } = aHandoff();
    const read = readHandoff(old);
    expect(read.kind === "read" && read.value.transfer).toBeNull();
  });
});

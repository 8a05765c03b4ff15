import { describe, expect, it } from "@jest/globals";
import { actOnCase, type CounsellorAct } from "../../../src/domain/handoff/counsellor-acts.ts";
import type { Handoff } from "../../../src/domain/handoff/handoff.ts";
import { hasLapsed } from "../../../src/domain/handoff/lease.ts";
import { aConversation, aHandoff, aRisk, counsellorId, NOON } from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const LAN = counsellorId("lan");
const MINH = counsellorId("minh");

function act(handoff: Handoff, what: CounsellorAct, who = LAN) {
  const held = handoff.counsellorId;
  const mode =
    held === null
      ? ({ kind: "waiting", handoffId: handoff.id } as const)
      : ({ kind: "live", handoffId: handoff.id, counsellorId: held } as const);
  const conversation = aConversation({ mode, risk: aRisk("urgent"), lastSeq: 4 });
  return actOnCase(book, { conversation, handoff }, { act: what, by: { counsellorId: who, now: NOON } });
}

const ofLan = aHandoff({ status: "live", counsellorId: LAN, claimedAt: NOON });

describe("a counsellor's act", () => {
  it("claims a waiting case, and tells the person that a real person is there now", () => {
    const result = act(aHandoff(), { kind: "claim" });
    if (result.kind !== "done") throw new Error(result.reason);
    expect(result.outcome.handoff).toMatchObject({ status: "live", counsellorId: LAN });
    expect(result.outcome.conversation.mode).toMatchObject({ kind: "live", counsellorId: LAN });
    expect(result.outcome.entries[0]?.speech?.text).toContain("người thật");
  });

  it.each([
    { case: "a claimed case", handoff: ofLan, what: { kind: "claim" }, who: MINH, reason: "already-claimed" },
    {
      case: "words in a colleague's case",
      handoff: ofLan,
      what: { kind: "say", text: "chào" },
      who: MINH,
      reason: "not-yours",
    },
    {
      case: "words before the claim",
      handoff: aHandoff(),
      what: { kind: "say", text: "chào" },
      who: LAN,
      reason: "not-yours",
    },
    {
      case: "release of a colleague's case",
      handoff: ofLan,
      what: { kind: "release" },
      who: MINH,
      reason: "not-yours",
    },
    {
      case: "a closed case",
      handoff: aHandoff({ status: "resolved" }),
      what: { kind: "claim" },
      who: LAN,
      reason: "gone",
    },
  ] as const)("is refused for $case", ({ handoff, what, who, reason }) => {
    expect(act(handoff, what, who)).toEqual({ kind: "refused", reason });
  });

  it("says a line to the person as a counsellor", () => {
    const result = act(ofLan, { kind: "say", text: "Chào em" });
    if (result.kind !== "done") throw new Error(result.reason);
    expect(result.outcome.entries).toMatchObject([
      { seq: 5, from: "counsellor", speech: { text: "Chào em" } },
    ]);
  });

  it("gives a case back with the waiting time it had, and tells the person", () => {
    const result = act(ofLan, { kind: "release" });
    if (result.kind !== "done") throw new Error(result.reason);
    expect(result.outcome.handoff).toMatchObject({
      status: "waiting",
      counsellorId: null,
      requestedAt: ofLan.requestedAt,
    });
    expect(result.outcome.entries[0]?.speech?.text).toContain("111");
  });

  it("is given back in their name only for the claim that was found silent", () => {
    expect(act(ofLan, { kind: "lapse", claimedAt: NOON - 1 })).toEqual({
      kind: "refused",
      reason: "not-yours",
    });
    expect(act(ofLan, { kind: "lapse", claimedAt: NOON }).kind).toBe("done");
  });

  it("does not hold a live case for ever when the time of its claim was lost", () => {
    const limits = { urgentMs: 90_000, otherMs: 180_000 };
    const lost = aHandoff({ status: "live", counsellorId: LAN, claimedAt: null });
    expect(hasLapsed(lost, { seenAt: null, now: NOON }, limits)).toBe(true);
    expect(hasLapsed(lost, { seenAt: NOON - 1000, now: NOON }, limits)).toBe(false);
  });

  it("ends a case; only here the risk that was held goes down", () => {
    const result = act(ofLan, { kind: "resolve" });
    if (result.kind !== "done") throw new Error(result.reason);
    expect(result.outcome.handoff?.status).toBe("resolved");
    expect(result.outcome.conversation).toMatchObject({ mode: { kind: "bot" }, risk: { level: "none" } });
  });
});

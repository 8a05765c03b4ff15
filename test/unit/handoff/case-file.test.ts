import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  CASE_TAGS,
  type CaseFileAct,
  EMPTY_FILE,
  EMPTY_PLAN,
  MOST_NOTES,
} from "../../../src/domain/handoff/case-file.ts";
import { actOnCase, type CounsellorAct } from "../../../src/domain/handoff/counsellor-acts.ts";
import { Handoff } from "../../../src/domain/handoff/handoff.ts";
import { mendHandoff } from "../../../src/domain/stored/mend-handoff.ts";
import { readHandoff } from "../../../src/domain/stored/read-handoff.ts";
import * as wire from "../../../src/wire/lists.ts";
import { CASE_ENDINGS, PLAN_PARTS } from "../../../src/domain/handoff/case-file.ts";
import { aConversation, aHandoff, aRisk, counsellorId, NOON } from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const LAN = counsellorId("lan");
const MINH = counsellorId("minh");
const ofLan = aHandoff({ status: "live", counsellorId: LAN, claimedAt: NOON });

function act(handoff: Handoff, what: CounsellorAct, who = LAN) {
  const held = handoff.counsellorId;
  const mode =
    held === null
      ? ({ kind: "waiting", handoffId: handoff.id } as const)
      : ({ kind: "live", handoffId: handoff.id, counsellorId: held } as const);
  const conversation = aConversation({ mode, risk: aRisk("urgent"), lastSeq: 4 });
  const by = { counsellorId: who, now: NOON + 1000 };
  return { before: conversation, result: actOnCase(book, { conversation, handoff }, { act: what, by }) };
}

function done(handoff: Handoff, what: CounsellorAct, who = LAN): Handoff {
  const { result } = act(handoff, what, who);
  if (result.kind !== "done" || result.outcome.handoff === null) throw new Error("refused");
  return result.outcome.handoff;
}

const words = fc.string({ minLength: 1, maxLength: 200 });
const fileAct: fc.Arbitrary<CaseFileAct> = fc.oneof(
  fc.record({ kind: fc.constant("note" as const), text: words }),
  fc.record({ kind: fc.constant("tag" as const), tag: fc.constantFrom(...CASE_TAGS), isOn: fc.boolean() }),
  fc.record({
    kind: fc.constant("tick" as const),
    step: fc.constantFrom("safe_now", "number_given", "way_back"),
    isDone: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("plan" as const),
    plan: words.map((text) => ({ ...EMPTY_PLAN, people: text })),
  }),
  fc.record({
    kind: fc.constant("mark" as const),
    seq: fc.integer({ min: 1, max: 4 }),
    isMarked: fc.boolean(),
  }),
);

describe("what counsellors write down about a case", () => {
  it("never becomes a line of the talk, never changes who holds the case, and can always be stored", () => {
    fc.assert(
      fc.property(fc.array(fileAct, { maxLength: 80 }), fc.boolean(), (acts, isSupervisor) => {
        let handoff = ofLan;
        for (const each of acts) {
          const what: CounsellorAct =
            isSupervisor && each.kind === "note" ? { kind: "whisper", text: each.text } : each;
          const { before, result } = act(handoff, what, what.kind === "whisper" ? MINH : LAN);
          if (result.kind === "refused") {
            expect(result.reason).toBe("full");
            continue;
          }
          const { outcome } = result;
          expect(outcome.entries).toEqual([]);
          expect(outcome.conversation).toEqual({ ...before, revision: before.revision + 1 });
          expect({ ...outcome.handoff, file: null }).toEqual({ ...ofLan, file: null });
          for (const event of outcome.audit) expect(event.detail).toBeNull();
          handoff = outcome.handoff ?? handoff;
        }
        expect(readHandoff(Handoff.parse(handoff))).toEqual({ kind: "read", value: handoff });
      }),
    );
  });

  it("keeps notes in order, with who wrote them and when, and goes along when the case changes hands", () => {
    const noted = done(done(ofLan, { kind: "note", text: "một" }), { kind: "whisper", text: "hai" }, MINH);
    const notes = [
      { at: NOON + 1000, by: LAN, text: "một" },
      { at: NOON + 1000, by: MINH, text: "hai" },
    ];
    expect(noted.file.notes).toEqual(notes);
    const released = done(noted, { kind: "release" });
    const claimed = done(released, { kind: "claim" }, MINH);
    expect(claimed).toMatchObject({ counsellorId: MINH, file: { notes } });
  });

  it("belongs to whoever holds the case: nobody else writes, and before the claim nobody", () => {
    for (const what of [
      { kind: "note", text: "x" },
      { kind: "tag", tag: "school", isOn: true },
      { kind: "tick", step: "safe_now", isDone: true },
      { kind: "plan", plan: EMPTY_PLAN },
      { kind: "mark", seq: 1, isMarked: true },
    ] as const) {
      expect(act(ofLan, what, MINH).result).toEqual({ kind: "refused", reason: "not-yours" });
      expect(act(aHandoff(), what).result).toEqual({ kind: "refused", reason: "not-yours" });
    }
    expect(act(aHandoff(), { kind: "whisper", text: "x" }).result.kind).toBe("refused");
    const ended = aHandoff({ status: "resolved", counsellorId: LAN, endedAt: NOON });
    expect(act(ended, { kind: "note", text: "x" }).result).toEqual({ kind: "refused", reason: "gone" });
  });

  it("says so when there is no more room, and loses nothing that is there", () => {
    let handoff = ofLan;
    for (let n = 0; n < MOST_NOTES; n++) handoff = done(handoff, { kind: "note", text: `${n}` });
    expect(act(handoff, { kind: "note", text: "one more" }).result).toEqual({
      kind: "refused",
      reason: "full",
    });
    expect(handoff.file.notes).toHaveLength(MOST_NOTES);
  });

  it("remembers who did a step first; doing it twice changes nothing, taking it back removes it", () => {
    const tick = (isDone: boolean) => ({ kind: "tick", step: "safe_now", isDone }) as const;
    const once = done(ofLan, tick(true));
    expect(once.file.ticks).toEqual([{ step: "safe_now", at: NOON + 1000, by: LAN }]);
    expect(done(once, tick(true)).file).toEqual(once.file);
    expect(done(once, tick(false)).file.ticks).toEqual([]);
  });

  it("keeps how the case ended, where its counsellor said so", () => {
    expect(done(ofLan, { kind: "resolve", ending: "police" })).toMatchObject({
      status: "resolved",
      ending: "police",
    });
    expect(done(ofLan, { kind: "resolve" }).ending).toBeNull();
  });
});

describe("a case stored before there were files", () => {
  const { file: _file, ending: _ending, ...old } = ofLan;

  it("is read with an empty one", () => {
    expect(readHandoff(old)).toMatchObject({ kind: "read", value: { file: EMPTY_FILE, ending: null } });
  });

  it("keeps its file when something else in it is damaged, and its place in the queue when the file is", () => {
    const file = { ...EMPTY_FILE, notes: [{ at: NOON, by: LAN, text: "giữ lại" }] };
    const mend = (raw: object) => mendHandoff(raw, { id: ofLan.id, of: null, now: NOON });
    expect(mend({ ...ofLan, file, risk: 7 })?.file).toEqual(file);
    expect(mend({ ...ofLan, file: "broken" })).toMatchObject({ status: "live", file: EMPTY_FILE });
  });
});

describe("the lists of a case file", () => {
  it("are the same in the pages and in the domain", () => {
    expect(wire.CASE_TAGS).toEqual(CASE_TAGS);
    expect(wire.CASE_ENDINGS).toEqual(CASE_ENDINGS);
    expect(wire.PLAN_PARTS).toEqual(PLAN_PARTS);
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Conversation, ConversationMode } from "../../../src/domain/conversation/conversation.ts";
import { takeTurn } from "../../../src/domain/conversation/take-turn.ts";
import { encodeChoice } from "../../../src/domain/dialogue/choice.ts";
import { alignCase } from "../../../src/domain/handoff/align-case.ts";
import { type Handoff, isOpen } from "../../../src/domain/handoff/handoff.ts";
import {
  aConversation,
  aHandoff,
  aRisk,
  aTurn,
  counsellorId,
  handoffId,
  NOON,
  said,
  tapped,
} from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const LAN = counsellorId("lan");
const MINH = counsellorId("minh");
const DECLINE = encodeChoice({ kind: "act", act: "decline-counsellor" });
const ONE = handoffId("case-1");
const OTHER = handoffId("case-2");

const who = fc.constantFrom(null, LAN, MINH);
const aCase = (id: Handoff["id"]) =>
  fc
    .record({ status: fc.constantFrom("waiting", "live", "resolved", "abandoned"), counsellorId: who })
    .map(({ status, counsellorId: by }) =>
      aHandoff({ id, status, counsellorId: status === "waiting" ? null : by, claimedAt: null }),
    );
const aMode: fc.Arbitrary<ConversationMode> = fc.oneof(
  fc.constant({ kind: "bot" } as const),
  fc.constantFrom(ONE, OTHER).map((id) => ({ kind: "waiting", handoffId: id }) as const),
  fc
    .tuple(fc.constantFrom(ONE, OTHER), fc.constantFrom(LAN, MINH))
    .map(([id, by]) => ({ kind: "live", handoffId: id, counsellorId: by }) as const),
);

describe("a case and its conversation that a fault has put out of step", () => {
  it("say the same after both were looked at, whatever state they were in: one case, one owner or none", () => {
    fc.assert(
      fc.property(aMode, aCase(ONE), aCase(OTHER), (mode, one, other) => {
        const cases = new Map([one, other].map((each) => [each.id, each]));
        let conversation: Conversation = aConversation({ mode });
        const look = (id: Handoff["id"]) => {
          const handoff = cases.get(id) ?? one;
          const at = conversation.mode;
          const known = "handoffId" in at && at.handoffId !== id ? (cases.get(at.handoffId) ?? null) : null;
          const found = alignCase(book, { conversation, handoff, known }, NOON);
          if (found === null) return false;
          expect(found.outcome.conversation.revision).toBe(conversation.revision + 1);
          conversation = found.outcome.conversation;
          if (found.outcome.handoff !== null) cases.set(id, found.outcome.handoff);
          return true;
        };
        look(ONE);
        look(OTHER);
        look(ONE);
        expect([look(ONE), look(OTHER)]).toEqual([false, false]);
        const open = [...cases.values()].filter(isOpen);
        expect(open.length).toBeLessThanOrEqual(1);
        for (const { id, status, counsellorId: by } of open) {
          expect(conversation.mode).toEqual(
            status === "live"
              ? { kind: "live", handoffId: id, counsellorId: by }
              : { kind: "waiting", handoffId: id },
          );
          expect(status === "live" && by === null).toBe(false);
        }
      }),
    );
  });

  it("a person whom nobody owns goes back to the queue and is told, with 111", () => {
    const handoff = aHandoff({ status: "live", counsellorId: null, claimedAt: NOON });
    const mode = { kind: "live", handoffId: ONE, counsellorId: LAN } as const;
    const found = alignCase(book, { conversation: aConversation({ mode }), handoff, known: null }, NOON);
    expect(found?.stray).toBe("unowned");
    expect(found?.outcome.handoff).toMatchObject({ status: "waiting", requestedAt: handoff.requestedAt });
    expect(found?.outcome.entries[0]?.speech?.text).toContain("111");
  });

  it.each(["waiting", "live"] as const)(
    "whoever is %s on a case that is gone gets a new one by writing",
    (kind) => {
      const mode = { kind, handoffId: OTHER, counsellorId: LAN } as ConversationMode;
      const before = aConversation({ mode: kind === "waiting" ? { kind, handoffId: OTHER } : mode });
      const outcome = takeTurn(before, aTurn({ message: said("còn ai không") }), book);
      expect(outcome.handoff).toMatchObject({ status: "waiting", id: "case-new" });
      expect(outcome.conversation.mode).toEqual({ kind: "waiting", handoffId: "case-new" });
      expect(outcome.entries.some(({ from }) => from === "bot")).toBe(true);
    },
  );

  it("whoever no longer wants a counsellor gets none for a case that is gone", () => {
    const before = aConversation({ mode: { kind: "waiting", handoffId: OTHER }, risk: aRisk("urgent") });
    const outcome = takeTurn(before, aTurn({ message: tapped(DECLINE) }), book);
    expect(outcome.handoff).toBeNull();
    expect(outcome.conversation.mode).toEqual({ kind: "bot" });
  });
});

import { describe, expect, it } from "@jest/globals";
import { takeTurn } from "../../../src/domain/conversation/take-turn.ts";
import type { Conversation } from "../../../src/domain/conversation/conversation.ts";
import type { Turn } from "../../../src/domain/conversation/turn.ts";
import { encodeChoice } from "../../../src/domain/dialogue/choice.ts";
import { INTENTS } from "../../../src/domain/taxonomy/intent.ts";
import {
  aConversation,
  aHandoff,
  aMessage,
  aRisk,
  aTurn,
  anUnderstanding,
  counsellorId,
  said,
  tapped,
} from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const book = theFlowBook();
const take = (before: Conversation, turn: Turn) => {
  const outcome = takeTurn(before, turn, book);
  const speeches = outcome.entries.flatMap((entry) => (entry.speech === undefined ? [] : [entry.speech]));
  const numbers = speeches.flatMap((speech) => speech.helplines.map((card) => card.number));
  const buttons = speeches.flatMap((speech) => speech.buttons.map((button) => button.value));
  return { ...outcome, speeches, numbers, buttons, words: speeches.map((speech) => speech.text).join("\n") };
};
const HUMAN = encodeChoice({ kind: "act", act: "request-counsellor" });
const DECLINE = encodeChoice({ kind: "act", act: "decline-counsellor" });
const waiting = (over: Partial<Conversation> = {}) =>
  aConversation({
    mode: { kind: "waiting", handoffId: aHandoff().id },
    risk: aRisk("urgent"),
    audience: "teen",
    ...over,
  });
const live = () =>
  aConversation({
    mode: { kind: "live", handoffId: aHandoff().id, counsellorId: counsellorId("c1") },
    risk: aRisk("urgent"),
  });

describe("takeTurn", () => {
  describe("danger", () => {
    it.each([
      { fresh: "none", asks: false, shows111: false },
      { fresh: "concern", asks: false, shows111: true },
      { fresh: "urgent", asks: true, shows111: true },
      { fresh: "emergency", asks: true, shows111: true },
    ] as const)(
      "a message of level $fresh: a counsellor is called = $asks, 111 is shown = $shows111",
      ({ fresh, asks, shows111 }) => {
        const understanding = anUnderstanding({ intent: "thanks" });
        const outcome = take(
          aConversation(),
          aTurn({ message: said("…"), understanding, assessment: aRisk(fresh) }),
        );
        expect(outcome.handoff !== null).toBe(asks);
        expect(outcome.conversation.mode.kind).toBe(asks ? "waiting" : "bot");
        expect(outcome.numbers.includes("111")).toBe(shows111);
      },
    );

    it("says the number to call now first in an emergency, and gives no long answer", () => {
      const understanding = anUnderstanding({ intent: "cyberbullying" });
      const { speeches, numbers } = take(
        aConversation(),
        aTurn({ understanding, assessment: aRisk("emergency", "suicide_self_harm") }),
      );
      expect(speeches[0]?.tone).toBe("emergency");
      expect(numbers[0]).toBe("115");
      expect(speeches).toHaveLength(2);
    });

    it("answers the danger and not the topic when the two differ", () => {
      const understanding = anUnderstanding({ intent: "screen_time" });
      const { conversation } = take(
        aConversation(),
        aTurn({ message: said("…"), understanding, assessment: aRisk("urgent", "suicide_self_harm") }),
      );
      expect(conversation.cursor?.flow).toBe("suicidal_thoughts");
    });

    it("answers a sad message with care even when the topic was not understood", () => {
      const understanding = anUnderstanding({
        kind: "unclear",
        reason: "low-confidence",
        intent: "out_of_scope",
      });
      const { conversation } = take(
        aConversation(),
        aTurn({ message: said("…"), understanding, assessment: aRisk("concern", "mental_distress") }),
      );
      expect(conversation.cursor?.flow).toBe("sadness_stress");
    });

    it("does not fall when a joke follows, and calls nobody a second time", () => {
      const outcome = take(waiting(), aTurn({ message: said("đùa thôi"), openHandoff: aHandoff() }));
      expect(outcome.conversation.risk.level).toBe("urgent");
      expect(outcome.conversation.mode.kind).toBe("waiting");
      expect(outcome.handoff).toBeNull();
    });

    it("shows whoever is in the queue no button that puts them there", () => {
      const turn = aTurn({
        message: said("…"),
        understanding: anUnderstanding({ intent: "sextortion" }),
        assessment: aRisk("urgent", "sexual_exploitation"),
      });
      expect(take(aConversation(), turn).buttons).not.toContain(HUMAN);
    });

    it("moves the waiting case up when the danger grows", () => {
      const outcome = take(
        waiting(),
        aTurn({ message: said("…"), assessment: aRisk("emergency"), openHandoff: aHandoff() }),
      );
      expect(outcome.handoff).toMatchObject({
        id: aHandoff().id,
        status: "waiting",
        risk: { level: "emergency" },
      });
    });
  });

  describe("a person who does not want a counsellor", () => {
    it("is respected, recorded and taken out of the queue, and keeps 111 and the way back", () => {
      const outcome = take(waiting(), aTurn({ message: tapped(DECLINE), openHandoff: aHandoff() }));
      expect(outcome.conversation).toMatchObject({ mode: { kind: "bot" }, declinedAt: "urgent" });
      expect(outcome.handoff?.status).toBe("abandoned");
      expect(outcome.buttons).toContain(HUMAN);
      expect(outcome.words).toContain("111");
    });

    it("is asked once more, gently, at the next sign of the same danger, and is not put in the queue", () => {
      const declined = aConversation({ risk: aRisk("urgent"), declinedAt: "urgent" });
      const outcome = take(declined, aTurn({ message: said("…"), assessment: aRisk("urgent") }));
      expect(outcome.conversation.mode.kind).toBe("bot");
      expect(outcome.buttons).toContain(HUMAN);
    });

    it("is never sent away by a bare 'no' that may answer 'are you safe?'", () => {
      const urgent = take(
        aConversation(),
        aTurn({ message: said("…"), assessment: aRisk("urgent", "suicide_self_harm") }),
      );
      const no = aTurn({
        message: said("không"),
        understanding: anUnderstanding({ intent: "deny" }),
        openHandoff: urgent.handoff,
      });
      const outcome = take(urgent.conversation, no);
      expect(outcome.conversation.mode.kind).toBe("waiting");
      expect(outcome.conversation.declinedAt).toBeNull();
    });

    it("may answer the offer itself with a bare yes or no", () => {
      const offered = take(
        aConversation(),
        aTurn({ message: said("…"), assessment: aRisk("concern") }),
      ).conversation;
      expect(offered.isCounsellorOffered).toBe(true);
      const yes = aTurn({ message: said("dạ có"), understanding: anUnderstanding({ intent: "affirm" }) });
      expect(take(offered, yes).conversation.mode.kind).toBe("waiting");
      const no = aTurn({ message: said("thôi"), understanding: anUnderstanding({ intent: "deny" }) });
      expect(take(offered, no).conversation).toMatchObject({ mode: { kind: "bot" }, declinedAt: "concern" });
    });

    it("is put in the queue again when the danger becomes an emergency", () => {
      const declined = aConversation({ risk: aRisk("urgent"), declinedAt: "urgent" });
      const outcome = take(declined, aTurn({ message: said("…"), assessment: aRisk("emergency") }));
      expect(outcome.conversation.mode.kind).toBe("waiting");
    });
  });

  describe("while a counsellor is live", () => {
    it("the bot says nothing, and the message is kept for the counsellor", () => {
      const outcome = take(live(), aTurn({ message: said("dạ"), openHandoff: aHandoff({ status: "live" }) }));
      expect(outcome.speeches).toEqual([]);
      expect(outcome.entries).toHaveLength(1);
    });

    it("danger is still weighed, and the case shows it", () => {
      const turn = aTurn({
        message: said("…"),
        assessment: aRisk("emergency"),
        openHandoff: aHandoff({ status: "live" }),
      });
      expect(take(live(), turn).handoff).toMatchObject({ status: "live", risk: { level: "emergency" } });
    });
  });

  describe("understanding", () => {
    it.each(INTENTS.map((intent) => ({ intent })))(
      "answers $intent in both languages, for teens and parents, with a way on",
      ({ intent }) => {
        for (const locale of ["vi", "en"] as const) {
          for (const audience of ["teen", "parent"] as const) {
            const before = aConversation({ locale, audience });
            const understanding = anUnderstanding({ intent, locale, audience });
            const outcome = take(before, aTurn({ message: said("một câu đủ dài"), understanding }));
            expect(outcome.words.trim()).not.toBe("");
            expect(outcome.buttons.length).toBeGreaterThan(0);
          }
        }
      },
    );

    it("asks which of two or three was meant when it is not sure", () => {
      const alternatives = [
        { intent: "scam", confidence: 0.4 },
        { intent: "hacked_account", confidence: 0.3 },
      ] as const;
      const understanding = anUnderstanding({
        kind: "unclear",
        reason: "low-confidence",
        intent: "out_of_scope",
        alternatives,
      });
      const { buttons } = take(aConversation(), aTurn({ message: said("mất rồi"), understanding }));
      expect(buttons.slice(0, 2)).toEqual(["f:scam", "f:hacked_account"]);
      expect(buttons).toHaveLength(3);
    });

    it("takes a number, or the words on a button, as the button", () => {
      const openButtons = [
        { label: "Nói thêm", value: "f:scam" },
        { label: "Chủ đề khác", value: "f:help_menu" },
      ];
      for (const [text, flow] of [
        ["2", "help_menu"],
        ["noi them", "scam"],
        ["Chủ đề khác!", "help_menu"],
      ] as const) {
        const outcome = take(aConversation({ openButtons }), aTurn({ message: said(text) }));
        expect(outcome.conversation.cursor?.flow).toBe(flow);
      }
    });

    it("never reads a message that carries danger as a tap", () => {
      const openButtons = [{ label: "1", value: "f:thanks" }];
      const outcome = take(
        aConversation({ openButtons }),
        aTurn({ message: said("1"), assessment: aRisk("urgent") }),
      );
      expect(outcome.conversation.mode.kind).toBe("waiting");
    });

    it("leads a tap on a danger to what to do now, and a question about it to what it is", () => {
      const tap = take(aConversation(), aTurn({ message: tapped("f:sextortion") }));
      expect(tap.conversation.cursor).toEqual({ flow: "sextortion", step: "first" });
      const asked = aTurn({
        message: said("sextortion là gì"),
        understanding: anUnderstanding({ intent: "sextortion" }),
      });
      expect(take(aConversation(), asked).conversation.cursor).toEqual({ flow: "sextortion", step: "about" });
    });

    it("keeps the words of the button that was tapped", () => {
      const openButtons = [{ label: "Chưa an toàn", value: "s:self_harm/wound" }];
      const outcome = take(aConversation({ openButtons }), aTurn({ message: tapped("s:self_harm/wound") }));
      expect(outcome.entries[0]?.label).toBe("Chưa an toàn");
    });

    it("answers a picture or voice note with words, and keeps only its kind", () => {
      const message = aMessage({ content: { kind: "unsupported", media: "image" } });
      const outcome = take(aConversation(), aTurn({ message }));
      expect(outcome.words).toContain("không mở được hình");
      expect(outcome.entries[0]?.said).toEqual({ kind: "unsupported", media: "image" });
    });

    it("survives a button of a flow that no longer exists", () => {
      const outcome = take(aConversation(), aTurn({ message: tapped("s:gone_flow/gone") }));
      expect(outcome.buttons.length).toBeGreaterThan(0);
    });
  });

  it("says that it is a machine before anything else in a new conversation", () => {
    const outcome = take(
      aConversation({ lastSeq: 0 }),
      aTurn({ understanding: anUnderstanding({ intent: "scam" }) }),
    );
    expect(outcome.speeches[0]?.text).toContain("tự động");
  });

  it("lets nothing come before the number to call now, not even who is speaking", () => {
    const outcome = take(
      aConversation({ lastSeq: 0 }),
      aTurn({ message: said("…"), assessment: aRisk("emergency") }),
    );
    expect(outcome.speeches[0]?.tone).toBe("emergency");
    expect(outcome.words).toContain("tự động");
  });

  it("switches to English when the person does, and stays when only 'ok' is said", () => {
    const understanding = anUnderstanding({ locale: "en", intent: "scam" });
    const switched = take(aConversation(), aTurn({ message: said("someone took my money"), understanding }));
    expect(switched.conversation.locale).toBe("en");
    const stayed = take(
      aConversation(),
      aTurn({ message: said("ok"), understanding: anUnderstanding({ locale: "en", intent: "affirm" }) }),
    );
    expect(stayed.conversation.locale).toBe("vi");
  });

  it("keeps the language that the person chose, whatever they type", () => {
    const chosen = aConversation({ locale: "vi", localeChosen: true });
    const outcome = take(
      chosen,
      aTurn({ message: said("please help me now"), understanding: anUnderstanding({ locale: "en" }) }),
    );
    expect(outcome.conversation.locale).toBe("vi");
  });

  it("forgets everything on request, and says so", () => {
    const erase = encodeChoice({ kind: "act", act: "erase-everything" });
    const outcome = take(waiting(), aTurn({ message: tapped(erase), openHandoff: aHandoff() }));
    expect(outcome.erase).toBe(true);
    expect(outcome.conversation).toMatchObject({
      mode: { kind: "bot" },
      risk: { level: "none" },
      cursor: null,
    });
    expect(outcome.entries.every((entry) => entry.from === "bot")).toBe(true);
  });

  it("numbers the transcript without a gap", () => {
    const before = aConversation({ lastSeq: 7 });
    const { entries, conversation } = take(before, aTurn({ assessment: aRisk("urgent") }));
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_entry, index) => 8 + index));
    expect(conversation.lastSeq).toBe(entries.at(-1)?.seq);
    expect(conversation.revision).toBe(before.revision + 1);
  });
});

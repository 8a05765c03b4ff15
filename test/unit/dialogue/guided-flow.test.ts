import { describe, expect, it } from "@jest/globals";
import type { Conversation } from "../../../src/domain/conversation/conversation.ts";
import type { InboundContent, Speech } from "../../../src/domain/conversation/message.ts";
import { takeTurn } from "../../../src/domain/conversation/take-turn.ts";
import type { Turn } from "../../../src/domain/conversation/turn.ts";
import { Flow } from "../../../src/domain/dialogue/flow.ts";
import type { FlowBook } from "../../../src/domain/dialogue/flow-book.ts";
import { aConversation, aMessage, anUnderstanding, aRisk, aTurn, NOON } from "../../support/builders.ts";
import { theFlowBook } from "../../support/flow-book.ts";

const both = (text: string) => ({ vi: text, en: text });

const GUIDE = Flow.parse({
  flow: "guide_test",
  title: both("Từng bước"),
  reviewed: "2026-11-22",
  guide: "scam",
  slots: { bank: ["called", "not_yet"] },
  start: "safe",
  steps: {
    safe: {
      ask: both("Có ai ở đó không?"),
      answers: [
        { go: "money", vi: "Không có ai", en: "Nobody", words: ["không", "không có", "no"] },
        { go: "unsure", vi: "Mình không biết", en: "I do not know", words: ["không biết", "dont know"] },
      ],
    },
    unsure: { say: both("Ra chỗ có người."), buttons: [{ go: "money", ...both("Rồi") }] },
    money: {
      ask: both("Gọi ngân hàng chưa?"),
      answers: [
        { go: "was_called", vi: "Rồi", en: "Yes", words: ["đã gọi"] },
        { go: "side", vi: "Chưa", en: "No", words: ["chưa gọi"] },
      ],
    },
    was_called: { set: { bank: "called" }, then: "sum" },
    side: { call: "guide_side", then: "sum" },
    sum: {
      branch: [
        { slots: { bank: "called" }, go: "done" },
        { hours: { from: "22:00", to: "06:00" }, go: "night" },
      ],
      otherwise: "day",
    },
    done: { say: both("Tốt rồi."), buttons: [{ flow: "help_menu", ...both("Chủ đề khác") }] },
    night: { say: both("Sáng mai gọi."), buttons: [{ flow: "help_menu", ...both("Chủ đề khác") }] },
    day: { say: both("Gọi bây giờ."), buttons: [{ flow: "help_menu", ...both("Chủ đề khác") }] },
  },
});
const SIDE = Flow.parse({
  flow: "guide_side",
  title: both("Đường vòng"),
  reviewed: "2026-11-22",
  guide: "scam",
  start: "one",
  steps: {
    one: { say: both("Một việc."), buttons: [{ go: "back_to_it", ...both("Xong") }] },
    back_to_it: { return: true, otherwise: "alone" },
    alone: { say: both("Hết."), buttons: [{ flow: "help_menu", ...both("Chủ đề khác") }] },
  },
});

function aBook(...flows: Flow[]): FlowBook {
  const book = theFlowBook();
  return { ...book, flows: new Map([...book.flows, ...flows.map((flow) => [flow.flow, flow] as const)]) };
}
const BOOK = aBook(GUIDE, SIDE);

/** A person and the bot, turn by turn, through the code of production. */
function talk(book = BOOK, start: Conversation = aConversation({ audience: "teen" })) {
  let conversation = start;
  const take = (content: InboundContent, over: Partial<Turn> = {}, withBook = book): Speech[] => {
    const turn = aTurn({ message: aMessage({ content }), understanding: UNCLEAR, ...over });
    const outcome = takeTurn(conversation, turn, withBook);
    conversation = outcome.conversation;
    return outcome.entries.flatMap(({ speech }) => speech ?? []);
  };
  return {
    tap: (value: string, over?: Partial<Turn>, withBook?: FlowBook) =>
      take({ kind: "choice", value }, over, withBook),
    type: (text: string, over?: Partial<Turn>) => take({ kind: "text", text }, over),
    sendPicture: () => take({ kind: "unsupported", media: "image" }),
    at: () => conversation.cursor,
    now: () => conversation,
  };
}
const UNCLEAR = anUnderstanding({
  kind: "unclear",
  reason: "out-of-scope",
  intent: "out_of_scope",
  alternatives: [],
});
const textOf = (speeches: readonly Speech[]) => speeches.map(({ text }) => text).join("\n");
const labelsOf = (speeches: readonly Speech[]) =>
  speeches.flatMap(({ buttons }) => buttons.map(({ label }) => label));

describe("a guide", () => {
  it("takes an answer that is tapped, typed as its label, or told in other words", () => {
    for (const answer of ["Không có ai", "khong co ai", "không ạ", "1"]) {
      const person = talk();
      person.tap("f:guide_test");
      person.type(answer);
      expect({ answer, at: person.at()?.step }).toEqual({ answer, at: "money" });
    }
  });

  it("takes the longer words when one answer's words hold another's", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("em cũng không biết nữa ạ");
    expect(person.at()?.step).toBe("unsure");
  });

  it("does not take a word for another that differs in its marks: “nó” is not “no”", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("em đang bị nó giữ");
    expect(person.at()?.step).toBe("safe");
  });

  it("asks again when the words fit no answer, and keeps its place", () => {
    const person = talk();
    person.tap("f:guide_test");
    const heard = person.type("trời hôm nay nhiều mây quá à");
    expect(textOf(heard)).toContain("Có ai ở đó không?");
    expect(person.at()).toEqual({ flow: "guide_test", step: "safe" });
  });

  it("thanks for more of the same story and asks on, instead of starting over", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không");
    const heard = person.type("nó bảo em chuyển năm triệu vào số tài khoản lạ", {
      understanding: anUnderstanding({ intent: "scam" }),
    });
    expect(textOf(heard)).toContain("Cảm ơn bạn đã kể thêm");
    expect(person.at()).toEqual({ flow: "guide_test", step: "money" });
  });

  it("asks its question again after a picture: media never answers", () => {
    const person = talk();
    person.tap("f:guide_test");
    const heard = person.sendPicture();
    expect(textOf(heard)).toContain("Có ai ở đó không?");
    expect(person.at()?.step).toBe("safe");
  });

  it("never takes words of danger as an answer", () => {
    const person = talk();
    person.tap("f:guide_test");
    const heard = person.type("không, em sắp chết rồi", { assessment: aRisk("emergency", "violence") });
    expect(heard[0]?.tone).toBe("emergency");
  });

  it("goes back step by step, by button and in words, to where it began", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không biết");
    person.tap("s:guide_test/money");
    expect(labelsOf(person.type("quay lại nhé"))).toContain("Rồi");
    expect(person.at()?.step).toBe("unsure");
    person.tap("a:go-back");
    expect(person.at()?.step).toBe("safe");
  });

  it("starts over with its answers forgotten", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không");
    person.type("đã gọi");
    expect(person.now().walk.slots).toEqual({ bank: "called" });
    person.type("làm lại từ đầu");
    expect(person.at()?.step).toBe("safe");
    expect(person.now().walk.slots).toEqual({});
  });

  it("can be left in words, and taken up again where it was", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không");
    const left = person.type("thôi dừng lại");
    expect(labelsOf(left)).toEqual([
      "Tiếp tục chỗ đang dở",
      "Làm lại từ đầu",
      "Gặp tư vấn viên",
      "Xem các chủ đề",
    ]);
    person.type("Tiếp tục chỗ đang dở");
    expect(person.at()).toEqual({ flow: "guide_test", step: "money" });
  });

  it("answers another topic asked in the middle, and offers the way back", () => {
    const person = talk();
    person.tap("f:guide_test");
    const answer = person.type("làm sao đổi mật khẩu facebook", {
      understanding: anUnderstanding({ intent: "account_security" }),
    });
    expect(person.at()?.flow).toBe("account_security");
    expect(labelsOf(answer)).toContain("Tiếp tục chỗ đang dở");
    person.tap("s:guide_test/safe");
    expect(person.now().walk.paused).toBeNull();
  });

  it("always shows the ways back, to a person and out", () => {
    const person = talk();
    person.tap("f:help_menu");
    expect(labelsOf(person.tap("f:guide_test"))).toEqual(
      expect.arrayContaining(["Quay lại", "Gặp tư vấn viên", "Dừng ở đây"]),
    );
  });

  it("goes through another flow and comes back", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không");
    person.type("chưa");
    expect(person.at()).toEqual({ flow: "guide_side", step: "one" });
    person.tap("s:guide_side/back_to_it");
    expect(person.at()).toEqual({ flow: "guide_test", step: "day" });
    expect(person.now().walk.returns).toEqual([]);
  });

  it("does not come back to a guide that was left for another by the person's own choice", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không");
    person.type("chưa");
    person.tap("f:help_menu");
    person.tap("f:guide_test");
    person.tap("f:guide_side");
    person.tap("s:guide_side/back_to_it");
    expect(person.at()).toEqual({ flow: "guide_side", step: "alone" });
  });

  it("goes on by itself where nobody called it", () => {
    const person = talk();
    person.tap("s:guide_side/back_to_it");
    expect(person.at()).toEqual({ flow: "guide_side", step: "alone" });
  });

  it("chooses by the hour of the day in Vietnam", () => {
    const night = talk();
    night.tap("s:guide_test/sum", { now: Date.UTC(2026, 10, 22, 16, 30) });
    expect(night.at()?.step).toBe("night");
    const noon = talk();
    noon.tap("s:guide_test/sum", { now: NOON });
    expect(noon.at()?.step).toBe("day");
  });

  it("says so when the step a person stood before is gone since, and leads to a safe place", () => {
    const { money: _gone, ...rest } = GUIDE.steps;
    const person = talk();
    person.tap("f:guide_test");
    const heard = person.tap(
      "s:guide_test/money",
      {},
      { ...aBook({ ...GUIDE, steps: rest }, SIDE), revision: "newer" },
    );
    expect(textOf(heard)).toContain("vừa được sửa lại");
    expect(person.at()?.step).toBe("safe");
  });

  it("keeps nothing that the person wrote", () => {
    const person = talk();
    person.tap("f:guide_test");
    person.type("không, tên em là Bí Mật 0912345678");
    person.type("không");
    const { walk, cursor } = person.now();
    expect(JSON.stringify({ walk, cursor })).not.toMatch(/Bí Mật|0912/);
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  framingTexts,
  type RecentMessage,
  readTogether,
  remember,
} from "../../../src/domain/triage/together.ts";
import { theRules, UNCLEAR } from "./support.ts";
import { NO_RISK } from "../../../src/domain/triage/assessment.ts";
import { normalise } from "../../../src/domain/text/normalise.ts";
import { createTriage } from "../../../src/domain/triage/create-triage.ts";

const MINUTE = 60_000;
const said = (...texts: string[]) =>
  texts.reduce<RecentMessage[]>((recent, text, i) => remember(recent, text, i * 1000), []);

describe("messages read together", () => {
  it("joins the newest with those just before it, sentence by sentence", () => {
    expect(readTogether(said("em", "mệt quá!"), "hết pin rồi", 2000)).toBe("em. mệt quá! hết pin rồi.");
  });

  it("leaves a first message alone", () => {
    expect(readTogether([], "em chào ad", 0)).toBeNull();
  });

  it("forgets what was said before a long silence", () => {
    expect(readTogether(said("em muốn về nhà"), "cửa khóa", 31 * MINUTE)).toBeNull();
  });

  it("keeps five messages at most, and of a flood only its end", () => {
    const recent = said("một", "hai", "ba", "bốn", "năm", "sáu", `${"x".repeat(10_000)} cuối`);
    expect(recent).toHaveLength(5);
    expect(recent.at(-1)?.text).toMatch(/ cuối$/);
    expect(recent.every(({ text }) => text.length <= 300)).toBe(true);
  });

  it("joins the last two of them alone: older ones only frame", () => {
    const recent = said("một", "hai", "ba");
    expect(readTogether(recent, "bốn", 3000)).toBe("hai. ba. bốn.");
    expect(framingTexts(recent, 3000)).toEqual(["một", "hai", "ba"]);
    expect(framingTexts(recent, 31 * MINUTE)).toEqual([]);
  });

  it("is bounded whatever arrives", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 2000 }), { maxLength: 8 }), (texts) => {
        const recent = said(...texts);
        expect((readTogether(recent, "x", texts.length * 1000) ?? "").length).toBeLessThan(610);
      }),
    );
  });
});

describe("triage of messages read together", () => {
  const triage = createTriage(theRules());
  const read = (text: string) => ({ utterance: normalise(text), understanding: UNCLEAR, evidence: null });
  const assessAfter = (before: readonly string[], text: string, held = NO_RISK) => {
    const joined = readTogether(said(...before), text, before.length * 1000);
    const framing = () => framingTexts(said(...before), before.length * 1000).map(normalise);
    const together = joined === null ? null : read(joined);
    return triage.assess({ ...read(text), together, before: framing, held });
  };

  it("sees a danger that was told in pieces", () => {
    expect(assessAfter(["em chỉ muốn"], "tự tử").level).toBe("urgent");
    expect(assessAfter(["em đang đứng trên"], "lan can").level).toBe("emergency");
  });

  it("does not tell an old danger again with every message after it", () => {
    const held = triage.assess({ ...read("em muốn tự tử"), held: NO_RISK });
    expect(held.level).toBe("urgent");
    expect(assessAfter(["em muốn tự tử"], "cảm ơn ad", held)).toEqual(NO_RISK);
  });

  it("rises above what is held when the pieces together say more", () => {
    const held = triage.assess({ ...read("em muốn tự tử"), held: NO_RISK });
    expect(assessAfter(["em muốn tự tử, em đang đứng trên"], "lan can", held).level).toBe("emergency");
  });

  it("hears a film retold over several messages as a film", () => {
    const film = [
      "hôm qua em coi phim trinh thám",
      "có thằng nhốt con nhỏ kia",
      "ổng gọi cảnh sát mà máy bận",
    ];
    expect(assessAfter(film, "bà già cầm dao rượt theo sau lưng").level).toBe("none");
    expect(assessAfter([], "bà già cầm dao rượt theo sau lưng").level).not.toBe("none");
  });

  it("hears a game that was only named as a game", () => {
    expect(assessAfter(["em vừa chơi roblox với bạn"], "bị nhốt trong hầm tối").level).toBe("none");
  });

  it("does not let a film hide what the person tells of their own life", () => {
    const film = ["hôm qua em coi phim trinh thám"];
    expect(assessAfter(film, "ba em cầm dao rượt em").level).toBe("emergency");
    expect(assessAfter(film, "em muốn tự tử").level).toBe("urgent");
  });

  it("does not frame with what was told before the person spoke of their own life", () => {
    const told = ["em vừa chơi roblox với bạn", "thôi nói thật, ba em hay đánh em"];
    expect(assessAfter(told, "bị nhốt trong hầm tối").level).not.toBe("none");
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { describeOpening } from "../../../src/domain/helplines/describe-opening.ts";
import { type Opening, openingAt } from "../../../src/domain/helplines/opening.ts";
import { LOCALES } from "../../../src/domain/taxonomy/speaker.ts";
import { anyHelpline, anyMoment, at } from "../../support/helplines.ts";

/** Tuesday. */
const NOW = at("2026-12-01 09:00");
const words = (opening: Opening, now = NOW) =>
  LOCALES.map((locale) => describeOpening(opening, { locale, now }));

describe("whether a line answers, in words", () => {
  it.each<[string, Opening, [vi: string, en: string]]>([
    ["always", { kind: "always" }, ["Trực cả ngày lẫn đêm", "Open day and night"]],
    [
      "open until this evening",
      { kind: "open", until: at("2026-12-01 20:30") },
      ["Đang trực đến 20:30", "Open until 20:30"],
    ],
    [
      "open until midnight",
      { kind: "open", until: at("2026-12-02 00:00") },
      ["Đang trực đến 24:00", "Open until 24:00"],
    ],
    [
      "open until after midnight",
      { kind: "open", until: at("2026-12-02 02:00") },
      ["Đang trực đến 02:00 thứ Tư", "Open until 02:00 on Wednesday"],
    ],
    [
      "closed until later today",
      { kind: "closed", opensAt: at("2026-12-01 13:00") },
      ["Đang nghỉ, trực lại lúc 13:00 hôm nay (thứ Ba)", "Closed now, opens again at 13:00 today (Tuesday)"],
    ],
    [
      "closed until another day",
      { kind: "closed", opensAt: at("2026-12-03 13:00") },
      ["Đang nghỉ, trực lại lúc 13:00 thứ Năm", "Closed now, opens again at 13:00 on Thursday"],
    ],
    [
      "closed until Sunday",
      { kind: "closed", opensAt: at("2026-12-06 08:05") },
      ["Đang nghỉ, trực lại lúc 08:05 Chủ nhật", "Closed now, opens again at 08:05 on Sunday"],
    ],
    [
      "closed for a week or more",
      { kind: "closed", opensAt: at("2026-12-08 13:00") },
      [
        "Đang nghỉ, trực lại lúc 13:00 thứ Ba, ngày 8/12",
        "Closed now, opens again at 13:00 on Tuesday 8 December",
      ],
    ],
    [
      "closed for nobody knows how long",
      { kind: "closed", opensAt: null },
      ["Đang nghỉ, chưa rõ khi nào trực lại", "Closed now; not known when it opens again"],
    ],
    [
      "uncertain",
      { kind: "uncertain" },
      [
        "Chưa chắc đang có người trực, hãy xem giờ trực trước khi gọi",
        "May not be open now: check its hours before calling",
      ],
    ],
  ])("%s", (_state, opening, expected) => {
    expect(words(opening)).toEqual(expected);
  });

  it("says open only of a line that is open", () => {
    fc.assert(
      fc.property(anyHelpline, anyMoment, (line, now) => {
        const opening = openingAt(line, now);
        const [vi = "", en = ""] = words(opening, now);
        expect(/^(?:Đang trực|Trực)/.test(vi)).toBe(opening.kind === "open" || opening.kind === "always");
        expect(en.startsWith("Open")).toBe(opening.kind === "open" || opening.kind === "always");
      }),
      { numRuns: 1000 },
    );
  });

  it("never says ngày mai for tomorrow, which is also the name of a line", () => {
    fc.assert(
      fc.property(anyHelpline, anyMoment, (line, now) => {
        expect(words(openingAt(line, now), now)[0]).not.toMatch(/ngày mai/i);
      }),
    );
  });
});

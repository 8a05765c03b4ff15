import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadCorpus } from "../../../src/adapters/content/load-corpus.ts";
import { addLines } from "../../../src/cli/improve/add-lines.ts";
import { judgeLines } from "../../../src/cli/improve/judge-lines.ts";
import { type LearntLine, readLines } from "../../../src/cli/improve/read-lines.ts";
import { root } from "../../support/flow-book.ts";
import { stubNlu, stubTriage } from "../../support/stub-understanding.ts";

const own = join(root, "intents");
const corpus = loadCorpus(own);
let intents: string;
beforeEach(() => {
  intents = mkdtempSync(join(tmpdir(), "ke-ben-improve-"));
  cpSync(own, intents, { recursive: true });
});
afterEach(() => rmSync(intents, { recursive: true, force: true }));

const line = (over: Partial<LearntLine> = {}): LearntLine => ({
  intent: "hacked_account",
  locale: "vi",
  audience: "teen",
  text: 'nick em tự dưng đăng linh tinh, "ai đó" đang xài nick em á',
  ...over,
});
const row = (over: object = {}) => JSON.stringify({ ...line(), ...over });

describe("lines brought in for the bot to learn from", () => {
  it("are read as the console gives them; each mistake is named with its line, and stops no other line", () => {
    const { lines, mistakes } = readLines(
      [
        row(),
        "",
        "{oops",
        row({ intent: "weather" }),
        row({ text: " " }),
        row({ text: "em tên [tên], nick bị hack" }),
        row({ text: "nick bị hack, gọi em số 0912 345 678" }),
        row({ audience: "unknown", locale: "en", text: "somebody else posts from my account" }),
      ].join("\n"),
    );
    expect(lines).toHaveLength(2);
    expect(mistakes.map((each) => each.line)).toEqual([3, 4, 5, 6, 7]);
    expect(mistakes.map(({ message }) => message).join("\n")).toMatch(
      /no JSON[\s\S]*intent[\s\S]*text[\s\S]*\[tên\][\s\S]*number/,
    );
  });

  it("land at the end of their list, and every other line of every file stays as it was", () => {
    const more = [
      line(),
      line({ text: "acc tớ bị đổi mật khẩu trong đêm rồi đăng bán đồ" }),
      line({ locale: "en", audience: "parent", text: "someone has taken over my son's account overnight" }),
      line({ intent: "screen_time", audience: "unknown", text: "xem máy bao nhiêu tiếng thì bị coi là quá" }),
    ];
    expect(addLines(more, intents)).toEqual(["intents/hacked_account.yaml", "intents/screen_time.yaml"]);
    const after = loadCorpus(intents);
    expect(after.problems).toEqual([]);
    expect(after.items.length).toBe(corpus.items.length + more.length);
    for (const each of more)
      expect(after.items).toContainEqual(expect.objectContaining({ ...each, level: expect.any(String) }));
    for (const name of readdirSync(own).filter((each) => each.endsWith(".yaml"))) {
      const [was, is] = [own, intents].map((dir) => readFileSync(join(dir, name), "utf8").split("\n"));
      const added = more
        .filter(({ intent }) => name === `${intent}.yaml`)
        .map(({ text }) => JSON.stringify(text));
      expect(is?.filter((each) => !added.some((text) => each.includes(text)))).toEqual(was);
    }
  });

  it("fit into every list that there is, in every file", () => {
    const { items } = corpus;
    const lists = [
      ...new Set(
        items.flatMap(({ intent, locale, audience }) =>
          intent === null ? [] : [`${intent} ${locale} ${audience}`],
        ),
      ),
    ];
    const more = lists.map((each, n) => {
      const [intent, locale, audience] = each.split(" ") as [
        LearntLine["intent"],
        "vi" | "en",
        LearntLine["audience"],
      ];
      return line({ intent, locale, audience, text: `một câu riêng số ${n} cho danh sách này` });
    });
    addLines(more, intents);
    const learnt = loadCorpus(intents).items.filter(({ text }) => text.includes("một câu riêng số"));
    const keys = ({ intent, locale, audience, text }: (typeof learnt)[number] | LearntLine) =>
      `${intent} ${locale} ${audience} ${text}`;
    expect(learnt.map(keys).sort()).toEqual(more.map(keys).sort());
  });

  it("are refused where they stand already, stand elsewhere, or are kept for measuring", () => {
    const [known] = corpus.items.filter(({ intent }) => intent === "scam");
    const held = readFileSync(
      join(intents, "dev", readdirSync(join(intents, "dev")).find((name) => name.endsWith(".yaml")) ?? ""),
      "utf8",
    );
    const heldText = /text: "([^"]{20,80})"/.exec(held)?.[1] ?? "";
    expect(heldText).not.toBe("");
    const judged = judgeLines(
      [
        line(),
        line(),
        line({ intent: "scam", text: known?.text ?? "" }),
        line({ text: known?.text ?? "" }),
        line({ text: heldText }),
      ],
      intents,
      { nlu: stubNlu, triage: stubTriage },
    );
    expect(judged.map(({ refused }) => refused)).toEqual([
      null,
      "it stands there already",
      "it stands there already",
      "it stands in intents/scam.yaml: decide which it is",
      "it is, or nearly is, a line kept for measuring",
    ]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadCorpus } from "../../../src/adapters/content/load-corpus.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (name: string, lines: readonly string[]) =>
  writeFileSync(join(dir, name), `${lines.join("\n")}\n`);

describe("loadCorpus", () => {
  it("gives each line the level of its file unless it has its own", () => {
    write("self_harm.yaml", [
      "intent: self_harm",
      "risk: { level: urgent, category: suicide_self_harm }",
      "vi:",
      "  teen:",
      '    - "em rạch tay"',
      '    - { text: "rạch tay là gì", risk: none }',
    ]);
    const { items, problems } = loadCorpus(dir);
    expect(problems).toEqual([]);
    expect(items).toEqual([
      {
        text: "em rạch tay",
        locale: "vi",
        audience: "teen",
        intent: "self_harm",
        level: "urgent",
        category: "suicide_self_harm",
      },
      {
        text: "rạch tay là gì",
        locale: "vi",
        audience: "teen",
        intent: "self_harm",
        level: "none",
        category: "none",
      },
    ]);
  });

  it("names file and line of one text under two intents", () => {
    write("greeting.yaml", [
      "intent: greeting",
      "risk: { level: none, category: none }",
      "vi:",
      "  unknown:",
      '    - "chào bạn"',
    ]);
    write("small_talk.yaml", [
      "intent: small_talk",
      "risk: { level: none, category: none }",
      "vi:",
      "  unknown:",
      '    - "khỏe không"',
      '    - "Chao ban!"',
    ]);
    expect(loadCorpus(dir).problems).toEqual([
      {
        file: "intents/small_talk.yaml",
        line: 6,
        message: 'is also an example of "greeting" (intents/greeting.yaml:5)',
      },
    ]);
  });

  it("names file and line of an intent that the taxonomy does not know", () => {
    write("weather.yaml", ["intent: weather", "risk: { level: none, category: none }"]);
    expect(loadCorpus(dir).problems).toEqual([
      expect.objectContaining({ file: "intents/weather.yaml", line: 1 }),
    ]);
  });

  it("warns of an intent that has no lines at all", () => {
    expect(loadCorpus(dir).warnings).toContainEqual(
      expect.objectContaining({ file: "intents/thanks.yaml", line: 0 }),
    );
  });

  it("takes lines that teach risk only, and never the dev set", () => {
    mkdirSync(join(dir, "risk"));
    mkdirSync(join(dir, "dev"));
    write("risk/extra.yaml", [
      "messages:",
      '  - { text: "em dang tren cau", locale: vi, level: emergency, category: suicide_self_harm }',
    ]);
    write("dev/talk.yaml", ["messages:", '  - { text: "chào", locale: vi }']);
    const { items, problems } = loadCorpus(dir);
    expect(problems).toEqual([]);
    expect(items).toEqual([
      {
        text: "em dang tren cau",
        locale: "vi",
        audience: "unknown",
        intent: null,
        level: "emergency",
        category: "suicide_self_harm",
      },
    ]);
  });

  it("learns conversations as triage reads them, and no later turn of a harmless one alone", () => {
    mkdirSync(join(dir, "risk", "conversations"), { recursive: true });
    write("risk/conversations/talks.yaml", [
      "conversations:",
      '  - { id: told, locale: vi, turns: ["em", "mệt", "nhảy đây"], reach: { turn: 3, level: emergency, category: suicide_self_harm } }',
      '  - { id: game, locale: vi, turns: ["đang chơi game", "nó cầm súng"], harmless: true, at-most: none }',
    ]);
    const { items } = loadCorpus(dir);
    expect(items.map(({ text, level, intent }) => [text, level, intent])).toEqual([
      ["em. mệt. nhảy đây.", "emergency", null],
      ["đang chơi game", "none", null],
      ["đang chơi game. nó cầm súng.", "none", null],
    ]);
  });

  it("warns of an intent with too few lines", () => {
    write("greeting.yaml", [
      "intent: greeting",
      "risk: { level: none, category: none }",
      "vi:",
      "  unknown:",
      '    - "chào bạn"',
    ]);
    expect(loadCorpus(dir).warnings).toContainEqual({
      file: "intents/greeting.yaml",
      line: 0,
      message: "has 1 lines in vi, at least 200 are needed",
    });
  });
});

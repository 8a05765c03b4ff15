import { describe, expect, it } from "@jest/globals";
import { normalise } from "../../../src/domain/text/normalise.ts";
import type { Utterance } from "../../../src/domain/text/utterance.ts";
import { Reading } from "../../../src/domain/triage/reading.ts";
import { readRules } from "../../../src/adapters/content/load-triage.ts";
import { INTENTS_DIR, theRules } from "./support.ts";

const book = theRules();
const LENGTH = 100_000;

/** The words of a rule's patterns, over and over. */
function flood(patterns: readonly string[], length: number): string {
  const words = patterns
    .join(" ")
    .replace(/[()[\]|@&~.!#^$]|\d+/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  let text = "";
  for (let i = 0; text.length < length; i++) text += `${words[i % words.length] ?? "em"} `;
  return text;
}

function utteranceOf(text: string): Utterance {
  const words = text.trim().split(" ");
  return {
    ...normalise(""),
    text,
    words,
    bare: words.map((word) => normalise(word).bare[0] ?? word),
    typed: words,
  };
}

/** CPU time of this process, so that neighbours on the same cores do not count. */
function millisecondsFor(utterance: Utterance): number {
  const before = process.cpuUsage();
  const reading = new Reading(book, utterance);
  reading.hits();
  reading.isCalm();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function leastOf(tries: number, utterance: Utterance): number {
  return Math.min(...Array.from({ length: tries }, () => millisecondsFor(utterance)));
}

describe("reading by rules takes time in step with the length", () => {
  const rules = readRules(INTENTS_DIR).files.flatMap(({ file }) => file.rules);

  it.each(rules.map((rule) => [rule.id, rule.any] as const))(
    "%s: 20,000 characters of its own words",
    (_id, patterns) => {
      const taken = millisecondsFor(utteranceOf(flood(patterns, LENGTH / 5)));
      // Two shared cores and a slow machine: a quadratic reading would take many seconds.
      expect(taken).toBeLessThan(600);
    },
  );

  it.each([
    ["em "],
    ["không "],
    ["muốn chết "],
    ["tự tử "],
    ["bố đánh em không "],
    ["5 "],
    ["anh 30 tuổi xin ảnh "],
  ])(
    "'%s' repeated: eight times the text, nowhere near the sixty-four times of a quadratic reading",
    (unit) => {
      const short = utteranceOf(unit.repeat(Math.ceil(LENGTH / 8 / unit.length)));
      const long = utteranceOf(unit.repeat(Math.ceil(LENGTH / unit.length)));
      millisecondsFor(short);
      // Half of sixty-four: collecting garbage of the long text costs a few times more than of the short one. Whatever
      // else runs on the machine only ever adds to it: the best of a few rounds is the nearest to the truth.
      const isStraight = () => leastOf(5, long) < Math.max(60, 32 * leastOf(5, short));
      expect(isStraight() || isStraight() || isStraight()).toBe(true);
    },
  );
});

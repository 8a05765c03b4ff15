import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readRules } from "../../src/adapters/content/load-triage.ts";
import { normalise } from "../../src/domain/text/normalise.ts";
import { Reading } from "../../src/domain/triage/reading.ts";

const { book, files, problems } = readRules(join(import.meta.dirname, "..", "..", "intents"));

function holds(id: string, text: string): boolean {
  if (book === null) throw new Error("the rules do not load");
  return new Reading(book, normalise(text)).hits().some(({ rule }) => rule.signal.id === id);
}

describe("the rules in intents/rules", () => {
  it("load without a mistake", () => expect(problems).toEqual([]));

  const rules = files.flatMap(({ file }) => file.rules);

  it.each(rules.flatMap(({ id, examples }) => examples.hits.map((text) => ({ id, text }))))(
    "$id sees '$text'",
    ({ id, text }) => {
      expect(holds(id, text)).toBe(true);
    },
  );

  it.each(rules.flatMap(({ id, examples }) => examples.misses.map((text) => ({ id, text }))))(
    "$id leaves '$text' alone",
    ({ id, text }) => {
      expect(holds(id, text)).toBe(false);
    },
  );
});

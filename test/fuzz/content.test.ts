import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readYaml } from "../../src/adapters/content/read-yaml.ts";
import { Flow } from "../../src/domain/dialogue/flow.ts";
import { expectQuick, FUZZ_RUNS, spoilt } from "../support/fuzz.ts";

const RUNS = Math.ceil(FUZZ_RUNS / 20);
/** Read when somebody edits, not when somebody writes; a whole file takes up to 50 ms on a busy machine. */
const LIMIT_MS = 500;
const flows = join(import.meta.dirname, "..", "..", "flows");

describe(`${RUNS} content files as a tired editor may leave them`, () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ke-ben-fuzz-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it(
    "each is read, or its mistakes are named with their line",
    async () => {
      const texts = readdirSync(flows)
        .filter((name) => name.endsWith(".yaml") && !name.startsWith("_"))
        .map((name) => readFileSync(join(flows, name), "utf8"))
        .filter((text) => text.length < 3000);
      const file = join(folder, "flow.yaml");
      // Anchors that multiply themselves are how a small file becomes a large one.
      const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n`;
      await fc.assert(
        fc.asyncProperty(spoilt(fc.constantFrom(...texts, bomb, "")), async (text) => {
          writeFileSync(file, text);
          await expectQuick(() => {
            const { value, problems } = readYaml(file, "flows/flow.yaml", Flow);
            expect(value === null).toBe(problems.length > 0);
            for (const { line, message } of problems) {
              expect(line).toBeGreaterThanOrEqual(0);
              expect(message).not.toBe("");
            }
          }, LIMIT_MS);
        }),
        { numRuns: RUNS },
      );
    },
    Math.max(120_000, RUNS * 30),
  );
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { StoredRead } from "../../src/domain/stored/create-stored-reader.ts";
import { readConversation } from "../../src/domain/stored/read-conversation.ts";
import { readEntry } from "../../src/domain/stored/read-entry.ts";
import { readHandoff } from "../../src/domain/stored/read-handoff.ts";
import { aConversation, aHandoff, aRisk, botEntry } from "../support/builders.ts";
import { bent, expectQuick, FUZZ_RUNS } from "../support/fuzz.ts";

const RUNS = Math.ceil(FUZZ_RUNS / 5);
const LIMIT = Math.max(120_000, RUNS * 3);

describe(`${RUNS} stored records of every kind, broken and whole`, () => {
  it.each([
    ["conversation", readConversation, aConversation({ risk: aRisk("urgent") })],
    ["case", readHandoff, aHandoff()],
  ] as const)(
    "%s: is read or called malformed, and never throws",
    async (_name, read, whole) => {
      expect((read as (raw: unknown) => StoredRead<unknown>)(structuredClone(whole)).kind).toBe("read");
      await fc.assert(
        fc.asyncProperty(bent(fc.constant<unknown>(whole)), async (raw) => {
          await expectQuick(() => {
            expect(["read", "newer", "malformed"]).toContain(read(raw).kind);
          });
        }),
        { numRuns: Math.ceil(RUNS / 3) },
      );
    },
    LIMIT,
  );

  it(
    "line of the transcript: keeps its place whatever it is",
    async () => {
      await fc.assert(
        fc.asyncProperty(bent(fc.constant<unknown>(botEntry(7, "Chào em"))), async (raw) => {
          await expectQuick(() => {
            expect(readEntry(raw, 7).entry.seq).toBe(7);
          });
        }),
        { numRuns: Math.ceil(RUNS / 3) },
      );
    },
    LIMIT,
  );

  it.each([-1, -1e15, 0, 0.5, Number.NEGATIVE_INFINITY, Number.NaN, 2 ** 53])(
    "a schema number of %d is no way to make a reader count for ever",
    async (schema) => {
      await expectQuick(() => {
        expect(["read", "newer", "malformed"]).toContain(
          readConversation({ ...aConversation(), schema }).kind,
        );
      });
    },
  );
});

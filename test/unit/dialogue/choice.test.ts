import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { encodeChoice, parseChoice } from "../../../src/domain/dialogue/choice.ts";
import { FlowAct } from "../../../src/domain/dialogue/flow.ts";

const flowName = fc.stringMatching(/^[a-z][a-z0-9_]{1,31}$/);
const stepName = fc.stringMatching(/^[a-z][a-z0-9_]{0,23}$/);

describe("a button's value", () => {
  it("reads back as what was written, and fits Telegram's 64 bytes", () => {
    const choice = fc.oneof(
      fc.record({ kind: fc.constant("step" as const), flow: flowName, step: stepName }),
      fc.record({ kind: fc.constant("flow" as const), flow: flowName }),
      fc.record({ kind: fc.constant("act" as const), act: fc.constantFrom(...FlowAct.options) }),
    );
    fc.assert(
      fc.property(choice, (written) => {
        const value = encodeChoice(written);
        expect(parseChoice(value)).toEqual(written);
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(64);
      }),
    );
  });

  it("is null for anything that we did not write", () => {
    for (const value of [
      "",
      "x",
      "a:become-admin",
      "f:../../etc",
      "s:a/b/c",
      "s:flow",
      "f:__proto__",
      "a:constructor",
    ]) {
      expect(parseChoice(value)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (value) => void parseChoice(value)));
  });
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "@jest/globals";
import fc from "fast-check";

/** `npm run fuzz` sets a million; the suite takes a sample of it every time. */
export const FUZZ_RUNS = Number(process.env["FUZZ_RUNS"] ?? 20_000);
export const FUZZ_LIMIT_MS = 50;

/** Characters that parsers, patterns and terminals stumble over. */
const STRANGE = [
  ..."\u200b\u202e\ufeff\u0301\ud800\udc00\0\n\r\t.-_*|/\\'\"{}[]<>&%$#@:;,=+~^()01348đĐ😀",
  "\\u0000",
  "%00",
  "../",
  "${x}",
  "{{x}}",
  "__proto__",
  "constructor",
  "-->",
  "\r\n\r\n",
];
const strange = fc.constantFrom(...STRANGE);

/** A text with bits taken out, put in and doubled: what is nearly right goes deeper into the code than noise does. */
export const spoilt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("cut", "put", "double"), strange), { maxLength: 8 }),
    )
    .map(([start, edits]) =>
      edits.reduce((so, [at, edit, put]) => {
        const place = at % (so.length + 1);
        const [before, after] = [so.slice(0, place), so.slice(place)];
        if (edit === "put") return before + put + after;
        return edit === "cut" ? before + after.slice(1 + (at % 5)) : before + after.slice(0, 40) + after;
      }, start),
    );

const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 0, 1e308, -1e308, 2 ** 53, 1.5, "", "\ud800", [], {}, true),
  spoilt(fc.constantFrom("em bị dọa", "vi", "2026-11-22", "100000000000000000000")),
);

/** A value with some of its fields, at any depth, gone, changed or added. */
export const bent = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      value,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("drop", "change", "add"), strangeValue), { maxLength: 4 }),
    )
    .map(([start, edits]) => {
      const copy = structuredClone(start);
      for (const [at, edit, put] of edits) bend(copy, { at, edit, put });
      return copy;
    });

function bend(
  root: unknown,
  how: { readonly at: number; readonly edit: string; readonly put: unknown },
): void {
  const places: [object, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const place = places[how.at % Math.max(1, places.length)];
  if (place === undefined) return;
  const [owner, key] = place;
  if (how.edit === "drop" && !Array.isArray(owner)) Reflect.deleteProperty(owner, key);
  else Reflect.set(owner, how.edit === "add" ? `${key}x` : key, how.put);
}

/** Runs `work`; when it seems slow, some more times, and counts the quickest: the machine pauses now and then. */
export async function quickestOf(work: () => unknown, limitMs = FUZZ_LIMIT_MS): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && quickest > limitMs; tries++) {
    const started = performance.now();
    await work();
    quickest = Math.min(quickest, performance.now() - started);
  }
  return quickest;
}

export async function expectQuick(work: () => unknown, limitMs = FUZZ_LIMIT_MS): Promise<void> {
  expect(await quickestOf(work, limitMs)).toBeLessThanOrEqual(limitMs);
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Megabytes held by this process after everything that can go has gone. */
export function heldMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createCopyBarrier } from "../../../src/adapters/stores/redis/create-copy-barrier.ts";

/** A master that applies writes in order and a replica that has, at each WAIT, all that came before it. */
function aMaster(replicas: () => number) {
  let written = 0;
  let marks = 0;
  let copiedUpTo = 0;
  return {
    write: () => ++written,
    copiedUpTo: () => copiedUpTo,
    marks: () => marks,
    async send(_key: string, args: readonly unknown[]): Promise<unknown> {
      const isMark = args[0] === "SET";
      if (isMark) marks++;
      const seen = written;
      await new Promise((resolve) => setImmediate(resolve));
      if (isMark) return "OK";
      if (replicas() > 0) copiedUpTo = Math.max(copiedUpTo, seen);
      return replicas();
    },
  };
}

describe("waiting for copies", () => {
  it("ends for nobody before what they wrote is copied, however many ask at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
        async (gaps) => {
          const master = aMaster(() => 1);
          const barrier = createCopyBarrier((key, args) => master.send(key, args), 1);
          const all: Promise<void>[] = [];
          for (const gap of gaps) {
            for (let n = 0; n < gap; n++) await new Promise((resolve) => setImmediate(resolve));
            const own = master.write();
            all.push(
              barrier("k:{p1}:in").then(() => expect(master.copiedUpTo()).toBeGreaterThanOrEqual(own)),
            );
          }
          await Promise.all(all);
          expect(master.marks()).toBeLessThanOrEqual(gaps.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("shares one mark among all who ask while another is on its way", async () => {
    const master = aMaster(() => 1);
    const barrier = createCopyBarrier((key, args) => master.send(key, args), 1);
    await Promise.all(Array.from({ length: 1000 }, () => barrier("k:{p1}:in")));
    expect(master.marks()).toBe(2);
  });

  it("fails for all who ask while there are too few copies, and works again afterwards", async () => {
    let replicas = 0;
    const master = aMaster(() => replicas);
    const barrier = createCopyBarrier((key, args) => master.send(key, args), 1);
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => barrier("k:{p1}:in")));
    expect(asked.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
    replicas = 1;
    await barrier("k:{p1}:in");
  });
});

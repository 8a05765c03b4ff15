import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Store } from "../../src/app/ports.ts";
import { createSimulatedClock } from "../support/simulated-clock.ts";
import { type StoreBench, STORES } from "../support/stores.ts";

/** Two processes where the store can be opened twice, else two hands in one. */
describe.each(Object.keys(STORES))("work shared over the %s store", (name) => {
  const clock = createSimulatedClock();
  let bench: StoreBench;
  let one: Store;
  let two: Store;

  beforeEach(async () => {
    const make = STORES[name];
    if (make === undefined) throw new Error(name);
    bench = await make();
    one = await bench.open(clock);
    two = name === "memory" || name === "lmdb" ? one : await bench.open(clock);
  });
  afterEach(async () => {
    await one.close();
    if (two !== one) await two.close();
    await bench.cleanUp();
  });

  /** Redis has a clock of its own. */
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, ms));
  };

  describe("the shelf", () => {
    it("keeps what was put for its time, the newest only, for every process", async () => {
      expect(await one.shelf.get("a")).toBeUndefined();
      await one.shelf.put("a", { n: 1 }, 60_000);
      await one.shelf.put("a", { n: 2 }, 60_000);
      await one.shelf.put("b", [3], 40);
      expect(await two.shelf.get("a")).toEqual({ n: 2 });
      await pass(80);
      expect(await two.shelf.get("b")).toBeUndefined();
      await one.expire(0);
      expect(await two.shelf.get("a")).toEqual({ n: 2 });
    });
  });

  describe("a lease", () => {
    it("is one holder's, who may prolong it", async () => {
      expect(await one.leases.take("poll", "a", 5000)).toBe(true);
      expect(await two.leases.take("poll", "b", 5000)).toBe(false);
      expect(await one.leases.take("poll", "a", 5000)).toBe(true);
      expect(await two.leases.take("other", "b", 5000)).toBe(true);
    });

    it("has one winner among many who ask at once", async () => {
      const asked = await Promise.all(
        Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? one : two).leases.take("poll", `p${n}`, 5000)),
      );
      expect(asked.filter(Boolean)).toHaveLength(1);
    });

    it("lapses when its holder is gone, and ends at once when it is given back by its holder alone", async () => {
      await one.leases.take("poll", "a", 60);
      await two.leases.giveBack("poll", "b");
      expect(await two.leases.take("poll", "b", 60)).toBe(false);
      await pass(90);
      expect(await two.leases.take("poll", "b", 5000)).toBe(true);
      await two.leases.giveBack("poll", "b");
      expect(await one.leases.take("poll", "a", 5000)).toBe(true);
    });
  });

  describe("a pace", () => {
    it("puts places evenly apart, whoever asks", async () => {
      const waits: number[] = [];
      for (let n = 0; n < 6; n++) waits.push(await (n % 2 === 0 ? one : two).paces.reserve("bot", 1000, 1));
      // What has passed meanwhile is taken off: at most a second in all.
      waits.forEach((wait, n) => {
        expect(wait).toBeLessThanOrEqual(n * 1000);
        expect(wait).toBeGreaterThan(n * 1000 - 1000);
      });
    });

    it("lets a burst through after a rest, and another line is another line", async () => {
      for (let n = 0; n < 3; n++) expect(await one.paces.reserve("chat", 2000, 3)).toBe(0);
      expect(await two.paces.reserve("chat", 2000, 3)).toBeGreaterThan(1000);
      expect(await two.paces.reserve("chat-2", 2000, 3)).toBe(0);
    });

    it("is held for all when the vendor asks for silence, and never for less than was said before", async () => {
      expect(await one.paces.heldFor("bot")).toBe(0);
      await one.paces.hold("bot", 3000);
      await two.paces.hold("bot", 100);
      const held = await two.paces.heldFor("bot");
      expect(held).toBeGreaterThan(2000);
      expect(held).toBeLessThanOrEqual(3000);
      await one.paces.hold("short", 30);
      await pass(60);
      expect(await one.paces.heldFor("short")).toBe(0);
    });
  });
});

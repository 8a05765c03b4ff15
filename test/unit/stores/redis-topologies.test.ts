import { describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "../../../src/adapters/stores/redis/open-redis-store.ts";
import { said } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { startCluster, startSentinel, type Topology } from "../../support/redis-topologies.ts";
import { writeDown } from "../../support/redis-worker.ts";
import { writeSteadily } from "../../support/write-steadily.ts";

const LIMIT_MS = 90_000;

describe("several Redis servers", () => {
  async function survive(topology: Topology, breakIt: () => Promise<void>): Promise<void> {
    const sealer = createSealer(randomBytes(32));
    const { store } = await openRedisStore({
      url: topology.url,
      sealer,
      clock: { now: () => Date.now() },
      leaseMs: 2000,
    });
    try {
      const worker = store.consume(async (message) => void (await writeDown(store, message)));
      const writing = writeSteadily(store, 100, 10);
      await eventually(() => expect(writing.acknowledged()).toBeGreaterThan(500), 20_000);
      await breakIt();
      await writing.expectNothingLost();
      expect(writing.refused()).toBeGreaterThan(0);
      process.stderr.write(`  outage as people saw it: ${writing.longestGapMs()} ms\n`);
      await worker.stop();
    } finally {
      await store.close();
      await topology.stop();
    }
  }

  it(
    "lose nothing when a sentinel puts the replica in the place of a killed master",
    async () => {
      const topology = await startSentinel();
      const [master] = topology.servers;
      // With `copies=1` nothing counts as taken in that the replica does not have: the master may go at any moment.
      await survive({ ...topology, url: `${topology.url}&copies=1` }, async () => {
        master?.signal("SIGKILL");
        // Whoever took its place has nobody to copy to until it is back: nothing is taken in meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 6000));
        await master?.restart();
      });
    },
    LIMIT_MS,
  );

  it(
    "acknowledge nothing that is on one machine alone, where a copy was asked for",
    async () => {
      const topology = await startSentinel();
      const [, replica] = topology.servers;
      const { store } = await openRedisStore({
        url: `${topology.url}&copies=1`,
        sealer: createSealer(randomBytes(32)),
        clock: { now: () => Date.now() },
      });
      try {
        expect(await store.enqueue(said("một", { channelMessageId: "m1" }))).toBe("new");
        replica?.signal("SIGSTOP");
        await expect(store.enqueue(said("hai", { channelMessageId: "m2" }))).rejects.toThrow();
        replica?.signal("SIGCONT");
        // The page sends it again, as it does with whatever was not acknowledged.
        await eventually(async () =>
          expect(await store.enqueue(said("hai", { channelMessageId: "m2" }))).toBe("duplicate"),
        );
      } finally {
        await store.close();
        await topology.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    "lose nothing when one server of a Cluster is killed and comes back",
    async () => {
      const topology = await startCluster(["--appendonly", "yes", "--appendfsync", "always"]);
      await survive(topology, async () => {
        topology.servers[2]?.signal("SIGKILL");
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await topology.servers[2]?.restart();
      });
    },
    LIMIT_MS,
  );
});

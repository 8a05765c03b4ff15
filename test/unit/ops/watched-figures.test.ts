import { randomIds } from "../../../src/adapters/system/ids.ts";
import { describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMetrics } from "../../../src/adapters/telemetry/create-metrics.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { measureQueues } from "../../../src/app/measure-queues.ts";
import { keepOnlyFor } from "../../../src/app/retain.ts";
import { aBot } from "../../support/a-bot.ts";
import { aHandoff, aRisk, conversationId, handoffId, NOON, said } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";

async function figure(metrics: { page(): Promise<string> }, series: string): Promise<number | undefined> {
  const line = (await metrics.page()).split("\n").find((row) => row.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe("the figures that alerts watch", () => {
  it("count each message by its own level of risk and by whether it was understood", async () => {
    const metrics = createMetrics();
    const handle = createInboundHandler(aBot({ metrics }));
    await handle(said("xin chào #greeting"));
    await handle(said("cứu em !urgent"));
    await handle(said("zzz qqq"));
    expect(await figure(metrics, 'keben_messages_by_risk_total{level="urgent"}')).toBe(1);
    expect(await figure(metrics, 'keben_messages_by_risk_total{level="none"}')).toBe(2);
    const [understood = 0, unclear = 0] = await Promise.all(
      ["understood", "unclear"].map((result) =>
        figure(metrics, `keben_messages_understood_total{result="${result}"}`),
      ),
    );
    expect(understood).toBeGreaterThanOrEqual(1);
    expect(understood + unclear).toBe(3);
  });

  it("say how many emergencies wait and how long the oldest case has, whatever its level", async () => {
    const metrics = createMetrics();
    const { store, clock, log } = aBot();
    const cases = [
      aHandoff({ id: handoffId("a"), requestedAt: NOON - 400_000 }),
      aHandoff({ id: handoffId("b"), risk: aRisk("emergency"), requestedAt: NOON - 90_000 }),
      aHandoff({ id: handoffId("c"), risk: aRisk("emergency"), requestedAt: NOON - 900_000, status: "live" }),
    ];
    const waiting = { ...store, handoffs: { ...store.handoffs, open: async () => cases } };
    await measureQueues({ store: waiting, metrics, clock, log });
    expect(await figure(metrics, "keben_handoffs_waiting")).toBe(2);
    expect(await figure(metrics, "keben_handoffs_waiting_emergency")).toBe(1);
    expect(await figure(metrics, "keben_handoffs_live")).toBe(1);
    expect(await figure(metrics, "keben_handoffs_oldest_wait_seconds")).toBe(400);
    await measureQueues({ store, metrics, clock, log });
    expect(await figure(metrics, "keben_handoffs_oldest_wait_seconds")).toBe(0);
  });

  it("say that the store is gone, and that it is back", async () => {
    const metrics = createMetrics();
    const { store, clock, log } = aBot();
    const gone = { ...store, handoffs: { ...store.handoffs, open: () => Promise.reject(new Error("gone")) } };
    await measureQueues({ store: gone, metrics, clock, log });
    expect(await figure(metrics, "keben_store_up")).toBe(0);
    await measureQueues({ store, metrics, clock, log });
    expect(await figure(metrics, "keben_store_up")).toBe(1);
  });

  it("say when expired conversations were last removed, and keep the old time when that fails", async () => {
    const metrics = createMetrics();
    const { store, clock, log } = aBot();
    await keepOnlyFor(30, { ids: randomIds, store, clock, log, metrics }).stop();
    await eventually(async () =>
      expect(await figure(metrics, "keben_last_purge_timestamp_seconds")).toBe(NOON / 1000),
    );
    clock.advance(3_600_000);
    const broken = { ...store, expire: () => Promise.reject(new Error(conversationId("w1"))) };
    await keepOnlyFor(30, { ids: randomIds, store: broken, clock, log, metrics }).stop();
    expect(await figure(metrics, "keben_last_purge_timestamp_seconds")).toBe(NOON / 1000);
  });

  it("say how large the file of the embedded store is, and nothing when there is none", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ke-ben-size-"));
    writeFileSync(join(folder, "store.lmdb"), "x".repeat(4096));
    expect(await figure(createMetrics(join(folder, "store.lmdb")), "keben_store_bytes")).toBe(4096);
    expect(await figure(createMetrics(), "keben_store_bytes")).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

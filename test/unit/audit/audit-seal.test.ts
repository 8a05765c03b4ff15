import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sha256 } from "../../../src/adapters/system/sha256.ts";
import { createEmbeddedStore } from "../../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../../src/adapters/stores/embedded/memory-key-value.ts";
import { randomIds } from "../../../src/adapters/system/ids.ts";
import { sealAudit } from "../../../src/app/seal-audit.ts";
import { checkAudit } from "../../../src/domain/audit/audit-seal.ts";
import type { AuditEvent } from "../../../src/domain/conversation/outcome.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";

const TEN_MINUTES = 600_000;

async function aLog(rounds: number) {
  const clock = createSimulatedClock();
  const store = createEmbeddedStore(createMemoryKeyValue(), { clock });
  const logged: string[] = [];
  const note = (event: string, fields?: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const deps = {
    ...{ store, clock, ids: randomIds, digest: sha256 },
    log: { info: note, warn: note, error: note },
  };
  const write = (act: AuditEvent["act"], by: string) =>
    store.audit.append([{ at: clock.now(), act, by, conversationId: "w1", detail: null }]);
  for (let n = 0; n < rounds; n++) {
    await write("handoff-claimed", `c${n}`);
    await write("transcript-read", `c${n}`);
    clock.advance(TEN_MINUTES);
    await sealAudit(deps);
  }
  const all = () => store.audit.between(0, clock.now() + 1);
  return { clock, store, deps, logged, write, all };
}

describe("the seals over the audit log", () => {
  it("stand over every event but the newest, and find nothing wrong in a log that nobody touched", async () => {
    const { all, logged, write } = await aLog(5);
    await write("signed-in", "c9");
    const checked = checkAudit(await all(), sha256);
    expect(checked).toMatchObject({ events: 16, seals: 5, broken: [] });
    // The event of just now, and the seal that nothing stands over yet.
    expect(checked.unsealed).toBe(2);
    expect(logged.at(-1)).toContain(checked.newest?.digest ?? "no digest");
  });

  it("break when one event is changed, removed, added, or moved, wherever it stands", async () => {
    const { all } = await aLog(6);
    const log = await all();
    const sealed = log.length - 1;
    fc.assert(
      fc.property(fc.nat(sealed - 1), fc.constantFrom("change", "remove", "add", "move"), (at, how) => {
        const event = log[at];
        if (event === undefined) throw new Error("no event");
        const forged = {
          change: log.map((each, n) => (n === at ? { ...each, by: "somebody else" } : each)),
          remove: log.filter((_, n) => n !== at),
          add: log.toSpliced(at, 0, { ...event, act: "signed-in" as const, by: "x" }),
          move: log.map((each, n) => (n === at ? { ...each, at: each.at + TEN_MINUTES } : each)),
        }[how];
        expect(checkAudit(forged, sha256).broken.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("show a log whose end was cut off by its newest seal, which the server's log knows", async () => {
    const { all, logged } = await aLog(4);
    const log = await all();
    const cut = checkAudit(log.slice(0, 7), sha256);
    expect(cut.broken).toEqual([]);
    expect(logged.at(-1)).not.toContain(cut.newest?.digest ?? "no digest");
  });

  it("are not put over nothing: a quiet night adds no events", async () => {
    const { deps, clock, all } = await aLog(2);
    const before = (await all()).length;
    for (let n = 0; n < 20; n++) {
      clock.advance(TEN_MINUTES);
      await sealAudit(deps);
    }
    expect((await all()).length).toBe(before);
  });

  it("do not depend on the order in which two processes wrote what happened in one moment", async () => {
    const { all } = await aLog(3);
    const log = await all();
    const swapped = [...log];
    [swapped[0], swapped[1]] = [log[1] as AuditEvent, log[0] as AuditEvent];
    expect(checkAudit(swapped, sha256).broken).toEqual([]);
  });

  it("go on from the last one when a process ended before it had noted it", async () => {
    const { store, deps, clock, write, all } = await aLog(2);
    const settings = { ...store.settings, put: () => Promise.reject(new Error("ended")) };
    await write("handoff-claimed", "c7");
    clock.advance(TEN_MINUTES);
    await expect(sealAudit({ ...deps, store: { ...store, settings } })).rejects.toThrow("ended");
    await write("handoff-claimed", "c8");
    clock.advance(TEN_MINUTES);
    await sealAudit(deps);
    expect(checkAudit(await all(), sha256)).toMatchObject({ seals: 4, broken: [] });
  });

  it("are put by one process at a time", async () => {
    const { store, deps, clock, write, all } = await aLog(1);
    await write("handoff-claimed", "c1");
    clock.advance(TEN_MINUTES);
    await store.leases.take("audit-seal", "another", 60_000);
    await sealAudit(deps);
    expect((await all()).filter(({ act }) => act === "audit-sealed")).toHaveLength(1);
    await store.leases.giveBack("audit-seal", "another");
    await Promise.all([sealAudit(deps), sealAudit(deps)]);
    const checked = checkAudit(await all(), sha256);
    expect(checked).toMatchObject({ seals: 2, broken: [] });
  });
});

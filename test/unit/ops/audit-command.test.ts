import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  openEmbeddedStore,
  readStoreKey,
} from "../../../src/adapters/stores/embedded/open-embedded-store.ts";
import { randomIds } from "../../../src/adapters/system/ids.ts";
import { sha256 } from "../../../src/adapters/system/sha256.ts";
import { sealAudit } from "../../../src/app/seal-audit.ts";
import { runCommand } from "../../support/run-command.ts";

const HOUR = 3600_000;
const log = { info: () => {}, warn: () => {}, error: () => {} };

describe("npm run audit", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "ke-ben-audit-"));
  const audit = (...words: string[]) => runCommand("audit", words, { DATA_DIR: dataDir, LOG_LEVEL: "warn" });
  const key = readStoreKey(dataDir, undefined);
  const from = Date.now() - 5 * HOUR;
  const event = (n: number, by = `c${n}`) => ({
    ...{ at: from + n * 1000, act: "transcript-read" as const, by, conversationId: "w1", detail: "waiting" },
  });

  beforeAll(async () => {
    let now = from + HOUR;
    const clock = { now: () => now };
    const store = openEmbeddedStore({ directory: dataDir, key, clock });
    for (let n = 0; n < 3; n++) await store.audit.append([event(n)]);
    await sealAudit({ store, clock, ids: randomIds, digest: sha256, log });
    now += HOUR;
    await store.audit.append([{ ...event(9), at: now - 10 * 60_000 }]);
    await sealAudit({ store, clock, ids: randomIds, digest: sha256, log });
    await store.close();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it("shows who did what, and says that nothing was changed", async () => {
    const listed = await audit();
    expect(listed.out).toMatch(/transcript-read\s+c1\s+w1\s+waiting/);
    const verified = await audit("verify");
    expect(verified.out).toContain("6 events, 2 seals, 0 broken, 1 events not sealed yet");
    expect(verified.status).toBe(0);
  });

  it("names the stretch in which something was added, and ends with 1", async () => {
    const store = openEmbeddedStore({ directory: dataDir, key, clock: { now: Date.now } });
    await store.audit.append([event(1, "somebody who was never there")]);
    await store.close();
    const verified = await audit("verify");
    expect(verified.out).toContain("NOT AS IT WAS SEALED");
    expect(verified.out).toContain("2 seals, 1 broken");
    expect(verified.status).toBe(1);
  });

  it("says how it is called", async () => {
    expect((await audit("everything")).status).not.toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMovableEmbedded } from "../../../src/adapters/stores/embedded/open-movable-embedded.ts";

const lmdb = createRequire(import.meta.url).resolve("lmdb");

/** Another process that has the file open, as a server has. */
async function openElsewhere(directory: string): Promise<ChildProcess> {
  const code = `const { open } = require(${JSON.stringify(lmdb)});
    const db = open({ path: ${JSON.stringify(join(directory, "store.lmdb"))}, encoding: "binary", maxReaders: 64 });
    db.get("conv/any");
    console.log("open");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

describe("an LMDB store that another process has open", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ke-ben-lmdb-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is in use as long as that process lives, and free when it was killed", async () => {
    const store = openMovableEmbedded({ directory, key: randomBytes(32), clock: { now: () => Date.now() } });
    expect(await store.usedBy()).toBeNull();
    const other = await openElsewhere(directory);
    expect(await store.usedBy()).toBe(`process ${other.pid}`);
    const gone = once(other, "exit");
    other.kill("SIGKILL");
    await gone;
    expect(await store.usedBy()).toBeNull();
    await store.close();
  });
});

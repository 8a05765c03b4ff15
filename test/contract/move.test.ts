import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileSecret } from "../../src/adapters/move-file/file-key.ts";
import { openEmbeddedStore } from "../../src/adapters/stores/embedded/open-embedded-store.ts";
import { ringOf } from "../../src/adapters/stores/embedded/key-ring.ts";
import { openMovableEmbedded } from "../../src/adapters/stores/embedded/open-movable-embedded.ts";
import { createSealer } from "../../src/adapters/stores/embedded/sealer.ts";
import { openMovableRedis } from "../../src/adapters/stores/redis/open-movable-redis.ts";
import { openRedisStore } from "../../src/adapters/stores/redis/open-redis-store.ts";
import type { Store } from "../../src/app/ports.ts";
import type { MovableStore, StoredRow } from "../../src/app/stored-row.ts";
import { exportStore } from "../../src/cli/move/export-store.ts";
import { importStore } from "../../src/cli/move/import-store.ts";
import { fillStore, snapshotOf } from "../support/fill-store.ts";
import { startRedis } from "../support/redis-server.ts";
import { startCluster } from "../support/redis-topologies.ts";

const clock = { now: () => Date.now() };
const storeKey = randomBytes(32);
const { fingerprint } = ringOf(storeKey).secrets;
const secret: FileSecret = { kind: "store-key", key: storeKey };
const PASSPHRASE: FileSecret = { kind: "passphrase", words: "bốn từ dễ nhớ ghép lại" };

/** One engine's data: opened as a server would, or as something to be moved. */
interface Place {
  open(): Promise<Store>;
  movable(): Promise<MovableStore>;
}

const opened: { close(): Promise<void> }[] = [];
const kept = <T extends { close(): Promise<void> }>(each: T): T => {
  opened.push(each);
  return each;
};
let folder = "";

function lmdb(key: Uint8Array = storeKey): Place {
  const directory = mkdtempSync(join(folder, "lmdb-"));
  return {
    open: async () => kept(openEmbeddedStore({ directory, key, clock })),
    movable: async () => kept(openMovableEmbedded({ directory, key, clock })),
  };
}

function redisAt(url: string): Place {
  const options = {
    url,
    sealer: createSealer(storeKey),
    clock,
    name: `move-${randomBytes(6).toString("hex")}`,
  };
  return {
    open: async () => kept((await openRedisStore(options)).store),
    movable: async () => kept(await openMovableRedis(options)),
  };
}

async function exported(from: Place, by: FileSecret = secret): Promise<string> {
  const path = join(folder, `${randomBytes(4).toString("hex")}.move`);
  const store = await from.movable();
  await exportStore(store, { path, secret: by, fingerprint, now: Date.now() });
  await store.close();
  return path;
}

async function imported(
  to: Place,
  path: string,
  over: { resume?: boolean; by?: FileSecret; key?: Uint8Array } = {},
) {
  const store = await to.movable();
  const { resume = false, by = secret, key = storeKey } = over;
  try {
    return await importStore(store, {
      path,
      secret: by,
      fingerprint: ringOf(key).secrets.fingerprint,
      resume,
      now: Date.now(),
    });
  } finally {
    await store.close();
  }
}

async function rowsOf(place: Place): Promise<string[]> {
  const store = await place.movable();
  const found: string[] = [];
  for await (const row of store.rows(Date.now())) found.push(JSON.stringify(row));
  await store.close();
  return found.sort();
}

async function filled(place: Place): Promise<Place> {
  const store = await place.open();
  await fillStore(store);
  await store.close();
  return place;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ke-ben-move-"));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close().catch(() => {})));
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["one Redis", "a Redis Cluster"])("moving from LMDB to %s and back", (kind) => {
  let server: { readonly url: string; stop(): Promise<void> };
  beforeAll(async () => {
    server = kind === "one Redis" ? await startRedis() : await startCluster();
  }, 60_000);
  afterAll(() => server.stop());

  it("brings everything along: what the ports of the store answer is the same on each side", async () => {
    const [from, over, back] = [await filled(lmdb()), redisAt(server.url), lmdb()];
    await imported(over, await exported(from));
    await imported(back, await exported(over));
    expect(await rowsOf(over)).toEqual(await rowsOf(from));
    expect(await rowsOf(back)).toEqual(await rowsOf(from));
    const snapshots = [];
    for (const place of [from, over, back]) {
      const store = await place.open();
      snapshots.push(await snapshotOf(store));
      await store.close();
    }
    expect(snapshots[0]?.taken).toHaveLength(9);
    expect(snapshots[0]?.sent.length).toBeGreaterThan(3);
    expect(snapshots[1]).toEqual(snapshots[0]);
    expect(snapshots[2]).toEqual(snapshots[0]);
  }, 60_000);

  it("goes on after an interruption, and the result is the same as without one", async () => {
    const [from, to] = [await filled(lmdb()), redisAt(server.url)];
    const path = await exported(from);
    const store = await to.movable();
    let batches = 0;
    const interrupted: MovableStore = {
      ...store,
      async write(rows: readonly StoredRow[]) {
        if (batches++ > 0) throw new Error("the power went");
        // Half of a batch lands, as when a process is killed.
        await store.write(rows.slice(0, Math.floor(rows.length / 2)));
        throw new Error("the power went");
      },
    };
    const request = { path, secret, fingerprint, resume: false, now: Date.now() };
    await expect(importStore(interrupted, request)).rejects.toThrow("the power went");
    await expect(to.open()).rejects.toThrow(/not finished.*--resume/);
    await expect(imported(to, path)).rejects.toThrow("--resume");
    await imported(to, path, { resume: true });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
    expect(await imported(to, path, { resume: true })).toBe("done-before");
    await (await to.open()).close();
  }, 60_000);

  it("is refused while a server uses the Redis", async () => {
    const to = redisAt(server.url);
    const path = await exported(await filled(lmdb()));
    const store = await to.open();
    const worker = store.consume(async () => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(imported(to, path)).rejects.toThrow("in use by 1 server");
    await expect(exported(to)).rejects.toThrow("in use by 1 server");
    await worker.stop();
  }, 30_000);
});

describe("a move file", () => {
  let from: Place;
  let path: string;
  beforeEach(async () => {
    from = await filled(lmdb());
    path = await exported(from);
  });

  it("shows nothing of what people wrote", () => {
    const bytes = readFileSync(path);
    expect(bytes.includes("em bị dọa")).toBe(false);
    expect(bytes.includes("chat-77")).toBe(false);
  });

  it("is refused when one byte of it was changed, wherever it is, and the store stays empty", async () => {
    const whole = readFileSync(path);
    const places = [0, 30, 250, 300, whole.length >> 1, whole.length - 1];
    for (const place of places) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(path, changed);
      const to = lmdb();
      await expect(imported(to, path)).rejects.toMatchObject({ name: "MoveFileError" });
      expect(await rowsOf(to)).toEqual([]);
      await (await to.open()).close();
    }
  });

  it("is refused when its end is missing, also when it was cut between two frames", async () => {
    const whole = readFileSync(path);
    const start = whole.indexOf("\n") + 1;
    const firstFrame = start + 5 + whole.readUInt32BE(start);
    expect(firstFrame).toBeLessThan(whole.length);
    for (const length of [10, start, start + 3, firstFrame, whole.length - 20]) {
      writeFileSync(path, whole.subarray(0, length));
      const to = lmdb();
      await expect(imported(to, path)).rejects.toMatchObject({ name: "MoveFileError" });
      expect(await rowsOf(to)).toEqual([]);
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from([0])]));
    await expect(imported(lmdb(), path)).rejects.toThrow("added behind the end");
  });

  it("is refused when frames were swapped or one was left out", async () => {
    const whole = readFileSync(path);
    const start = whole.indexOf("\n") + 1;
    const end = (at: number) => at + 5 + whole.readUInt32BE(at);
    const [one, two] = [end(start), end(end(start))];
    expect(two).toBeLessThanOrEqual(whole.length);
    const head = whole.subarray(0, start);
    const [first, second, rest] = [whole.subarray(start, one), whole.subarray(one, two), whole.subarray(two)];
    for (const parts of [
      [second, first, rest],
      [second, rest],
      [first, rest],
      [first, first, second, rest],
    ]) {
      writeFileSync(path, Buffer.concat([head, ...parts]));
      await expect(imported(lmdb(), path)).rejects.toMatchObject({ name: "MoveFileError" });
    }
  });

  it("opens with its passphrase only, and tells when the other kind of secret is needed", async () => {
    const locked = await exported(from, PASSPHRASE);
    const other: FileSecret = { kind: "passphrase", words: "bốn từ khác hẳn ghép lại" };
    await expect(imported(lmdb(), locked, { by: other })).rejects.toThrow("cannot be opened");
    await expect(imported(lmdb(), locked)).rejects.toThrow("--passphrase-file");
    const to = lmdb();
    await imported(to, locked, { by: PASSPHRASE });
    expect(await rowsOf(to)).toEqual(await rowsOf(from));
  }, 30_000);

  it("does not go into a store with another key, where nobody would find their conversation", async () => {
    const key = randomBytes(32);
    await expect(imported(lmdb(key), path, { key })).rejects.toThrow("another STORE_KEY");
  });

  it("does not go into a store that holds something else, with --resume or without", async () => {
    const to = await filled(lmdb());
    await expect(imported(to, path)).rejects.toThrow("not empty");
    await expect(imported(to, path, { resume: true })).rejects.toThrow("not empty");
  });

  it("is not written over, and an export that fails leaves no file", async () => {
    const store = await from.movable();
    const file = { path, secret, fingerprint, now: Date.now() };
    await expect(exportStore(store, file)).rejects.toThrow("exists already");
    const broken: MovableStore = {
      ...store,
      async *rows() {
        yield* [];
        throw new Error("the disk is gone");
      },
    };
    const next = join(folder, "next.move");
    await expect(exportStore(broken, { ...file, path: next })).rejects.toThrow("the disk is gone");
    expect(existsSync(next)).toBe(false);
    expect(existsSync(`${next}.part`)).toBe(false);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import {
  formatKeyRing,
  parseKeyRing,
  ringOf,
  withNewKey,
  withoutOlderKeys,
} from "../../../src/adapters/stores/embedded/key-ring.ts";
import {
  openEmbeddedStore,
  readStoreKey,
} from "../../../src/adapters/stores/embedded/open-embedded-store.ts";
import { openMovableEmbedded } from "../../../src/adapters/stores/embedded/open-movable-embedded.ts";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { openMovableRedis } from "../../../src/adapters/stores/redis/open-movable-redis.ts";
import { openRedisStore } from "../../../src/adapters/stores/redis/open-redis-store.ts";
import type { Store } from "../../../src/app/ports.ts";
import type { MovableStore } from "../../../src/app/stored-row.ts";
import { aConversation, anOutcome } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { fillStore } from "../../support/fill-store.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";
import { runCommand } from "../../support/run-command.ts";

const clock = { now: () => Date.now() };
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
let home: string;
let data: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "ke-ben-keys-"));
  data = join(home, "data");
  mkdirSync(data);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("a ring of keys", () => {
  it("is written and read back, with the same secrets behind every person's number, whatever was rotated", () => {
    fc.assert(
      fc.property(bytes, fc.array(bytes, { maxLength: 4 }), (first, fresh) => {
        const ring = fresh.reduce(withNewKey, ringOf(first));
        const read = parseKeyRing(formatKeyRing(ring));
        expect(read).toEqual({
          ...ring,
          current: { ...ring.current, key: Buffer.from(ring.current.key) },
          older: ring.older.map((each) => ({ ...each, key: Buffer.from(each.key) })),
        });
        expect(read?.secrets).toEqual(ringOf(first).secrets);
      }),
      { numRuns: 50 },
    );
  });

  it("is read from what versions before it wrote, and from nothing else", () => {
    const key = randomBytes(32);
    expect(parseKeyRing(`${key.toString("base64")}\n`)?.current.key).toEqual(key);
    for (const wrong of [
      "",
      "abc",
      "ke-ben keys 2",
      "ke-ben keys 1\ncurrent AAAA",
      formatKeyRing(ringOf(key)).slice(0, -40),
    ])
      expect(parseKeyRing(wrong)).toBeNull();
  });

  it("opens what any of its keys sealed, and what was sealed before there were rings; a key thrown away opens nothing", () => {
    fc.assert(
      fc.property(
        fc.record({ first: bytes, second: bytes, value: fc.jsonValue(), place: fc.string() }),
        (drawn) => {
          const { first, second, value, place } = drawn;
          fc.pre(!Buffer.from(first).equals(Buffer.from(second)));
          const [one, both] = [ringOf(first), withNewKey(ringOf(first), second)];
          const [before, after] = [createSealer(one), createSealer(both)];
          const json = JSON.parse(JSON.stringify(value)) as unknown;
          const [old, fresh] = [before.seal(json, place), after.seal(json, place)];
          expect(after.open(old, place)).toEqual(json);
          expect(after.open(fresh, place)).toEqual(json);
          expect([after.isCurrent(old), after.isCurrent(fresh)]).toEqual([false, true]);
          expect(() => before.open(fresh, place)).toThrow();
          expect(() => createSealer(withoutOlderKeys(both)).open(old, place)).toThrow();
          expect(() => after.open(fresh, `${place}x`)).toThrow();
          const changed = Uint8Array.from(fresh);
          changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
          expect(() => after.open(changed, place)).toThrow();
        },
      ),
      { numRuns: 100 },
    );
  });
});

interface Place {
  readonly environment: Readonly<Record<string, string>>;
  open(): Promise<Store>;
  movable(): Promise<MovableStore>;
}

async function takeAll(store: Store): Promise<void> {
  let left = 9;
  const worker = store.consume(async (message) => {
    const before = await store.load(message.conversationId);
    const conversation = aConversation({
      ...(before ?? { id: message.conversationId }),
      revision: (before?.revision ?? 0) + 1,
    });
    await store.commit(anOutcome(conversation), { kind: "inbound", message });
    left--;
  });
  await eventually(() => expect(left).toBe(0));
  await worker.stop();
}

describe.each(["lmdb", "redis"])("npm run keys, on %s", (kind) => {
  let redis: RedisServer | null = null;
  let place: Place;

  beforeAll(async () => {
    redis = kind === "redis" ? await startRedis() : null;
  });
  afterAll(async () => {
    await redis?.stop();
  });
  beforeEach(async () => {
    const key = () => readStoreKey(data);
    const url = redis?.url ?? "";
    await redis?.command("FLUSHALL");
    place =
      kind === "lmdb"
        ? {
            environment: { DATA_DIR: data },
            open: async () => openEmbeddedStore({ directory: data, key: key(), clock }),
            movable: async () => openMovableEmbedded({ directory: data, key: key(), clock }),
          }
        : {
            environment: { DATA_DIR: data, STORE: "redis", REDIS_URL: url },
            open: async () => (await openRedisStore({ url, sealer: createSealer(key()), clock })).store,
            movable: () => openMovableRedis({ url, sealer: createSealer(key()), clock }),
          };
    const store = await place.open();
    await fillStore(store);
    // What waits in Redis lies in a stream, where nothing can be changed: it leaves with its turn.
    if (kind === "redis") await takeAll(store);
    await store.close();
  });

  const keys = (...words: string[]) => runCommand("keys", words, place.environment);
  async function rows(): Promise<string[]> {
    const store = await place.movable();
    const found: string[] = [];
    for await (const row of store.rows(Date.now())) found.push(JSON.stringify(row));
    await store.close();
    return found.sort();
  }

  it("puts a new key in front, seals everything with it, and throws the old one away: not one row is lost or changed", async () => {
    const before = await rows();
    const first = readStoreKey(data);
    copyFileSync(join(data, "store.key"), join(home, "first.key"));

    expect(await keys("rotate")).toMatchObject({ status: 0, err: "" });
    expect(statSync(join(data, "store.key")).mode & 0o777).toBe(0o600);
    expect(readStoreKey(data).older.map(({ id }) => id)).toEqual([first.current.id]);
    expect(await rows()).toEqual(before);
    expect((await keys("status")).out).toMatch(
      /1 older[\s\S]*[1-9]\d* under older ones, 0 that no key opens/,
    );

    const retired = await keys("retire");
    expect(retired.status).toBe(1);
    expect(retired.err).toMatch(/still open [1-9]\d* rows: npm run keys -- reseal/);

    expect((await keys("reseal")).out).toMatch(/ 0 under older ones, 0 that no key opens/);
    expect(await rows()).toEqual(before);
    expect(await keys("retire")).toMatchObject({ status: 0, err: "" });
    expect(readStoreKey(data)).toMatchObject({ older: [], secrets: first.secrets });
    expect(await rows()).toEqual(before);

    copyFileSync(join(home, "first.key"), join(data, "store.key"));
    await expect(place.open()).rejects.toThrow(/not the one/);
  }, 60_000);

  it("seals with the new key from the next start on, and a server with the old key alone no longer starts", async () => {
    copyFileSync(join(data, "store.key"), join(home, "first.key"));
    await keys("rotate");
    const store = await place.open();
    await store.settings.put("zalo.tokens", { access: "neu" });
    await store.close();
    const current = readStoreKey(data);
    writeFileSync(join(data, "store.key"), formatKeyRing(withoutOlderKeys(current)));
    const alone = await place.open();
    expect(await alone.settings.get("zalo.tokens")).toEqual({ access: "neu" });
    await alone.close();
    copyFileSync(join(home, "first.key"), join(data, "store.key"));
    await expect(place.open()).rejects.toThrow(/not the one/);
  });

  it("changes no key while a server is on, and seals anew beside one", async () => {
    await keys("rotate");
    // A server in this process would not count as another one: it runs in a process of its own.
    const server = await place.open();
    const beside = await keys("reseal");
    expect(beside.out).toMatch(/ 0 under older ones/);
    const refused = [await keys("rotate"), await keys("retire")];
    for (const { status, err } of refused) {
      expect(status).toBe(1);
      expect(err).toMatch(/in use by .*: stop it first/);
    }
    await server.close();
    expect((await keys("retire")).status).toBe(0);
  });

  it("says what it needs where the key comes from outside, and shows no key", async () => {
    const given = readFileSync(join(data, "store.key"), "utf8").trim();
    rmSync(join(data, "store.key"));
    const from = { ...place.environment, STORE_KEY: given };
    expect((await runCommand("keys", ["rotate"], from)).err).toContain("--to <file>");
    const file = join(home, "next.key");
    const rotated = await runCommand("keys", ["rotate", "--to", file], from);
    expect(rotated).toMatchObject({ status: 0, err: "" });
    const status = await runCommand("keys", ["status"], { ...from, STORE_KEY: readFileSync(file, "utf8") });
    expect(status.out).toMatch(/1 current, 1 older/);
    for (const { out, err } of [rotated, status]) expect(out + err).not.toContain(given.slice(0, 20));
    expect((await runCommand("keys", ["dance"], from)).status).toBe(2);
  });
});

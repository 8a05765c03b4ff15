import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../../src/app/ports.ts";
import {
  openEmbeddedStore,
  readStoreKey,
} from "../../../src/adapters/stores/embedded/open-embedded-store.ts";
import { createSealer } from "../../../src/adapters/stores/embedded/sealer.ts";
import { countRows } from "../../../src/adapters/stores/embedded/backup/count-rows.ts";
import {
  aConversation,
  anAccount,
  aHandoff,
  aMessage,
  anOutcome,
  botEntry,
  conversationId,
  handoffId,
} from "../../support/builders.ts";
import { runCommand } from "../../support/run-command.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";

const MARK = "một câu mà chỉ em biết";
const clock = createSimulatedClock();
let home: string;
let data: string;
let elsewhere: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "ke-ben-backup-"));
  [data, elsewhere, file] = [join(home, "data"), join(home, "elsewhere"), join(home, "monday.backup")];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = (directory: string) => openEmbeddedStore({ directory, key: readStoreKey(directory), clock });
const backUp = (to = file) => runCommand("backup", [to], { DATA_DIR: data });
const restore = (words: string[] = [file]) => runCommand("restore", words, { DATA_DIR: elsewhere });

/** The key travels apart from the backup, by hand. */
function bringKey(): void {
  mkdirSync(elsewhere, { recursive: true });
  copyFileSync(join(data, "store.key"), join(elsewhere, "store.key"));
}

const PEOPLE = Array.from({ length: 8 }, (_each, index) => conversationId(`wbackup-${index}`));

/** Each turn lands one state and one line together: a copy taken between them would show. */
async function writeTurn(store: Store, who: (typeof PEOPLE)[number], revision: number): Promise<void> {
  const message = aMessage({ conversationId: who, channelMessageId: `${who}-${revision}` });
  await store.enqueue(message);
  const conversation = aConversation({ id: who, revision, lastSeq: revision });
  await store.commit(anOutcome(conversation, { entries: [botEntry(revision, `${MARK} ${revision}`)] }), {
    kind: "inbound",
    message,
  });
}

async function everything(store: Store) {
  const people = await Promise.all(
    PEOPLE.map(async (id) => ({
      state: await store.load(id),
      lines: await store.transcript(id, { after: 0, limit: 10_000 }),
    })),
  );
  return {
    people,
    open: await store.handoffs.open(),
    audit: await store.audit.recent(1000),
    accounts: await store.accounts.count(),
  };
}

async function fill(store: Store): Promise<void> {
  for (const who of PEOPLE) for (let turn = 1; turn <= 5; turn++) await writeTurn(store, who, turn);
  const [who = conversationId("w")] = PEOPLE;
  const conversation = aConversation({ id: who, revision: 6, lastSeq: 5 });
  const handoff = aHandoff({ id: handoffId("case-9"), conversationId: who });
  await store.commit(anOutcome(conversation, { handoff }), { kind: "act", actId: "act-1" });
  await store.accounts.create(anAccount({ role: "supervisor" }));
}

describe("a backup", () => {
  it("restores into an empty folder as exactly what was there", async () => {
    const store = open(data);
    await fill(store);
    expect(await backUp()).toMatchObject({ status: 0, err: "" });
    const before = await everything(store);
    await store.close();
    bringKey();
    expect(await restore()).toMatchObject({ status: 0, err: "" });
    const sealer = createSealer(readStoreKey(data));
    const rowsOf = (directory: string) => countRows(join(directory, "store.lmdb"), sealer);
    expect(await rowsOf(elsewhere)).toEqual(await rowsOf(data));
    const restored = open(elsewhere);
    expect(await everything(restored)).toEqual(before);
    expect(before.people.every(({ lines }) => lines.length === 5)).toBe(true);
    await restored.close();
  }, 60_000);

  it("taken while people write holds all that was acknowledged before it began, and no turn by half", async () => {
    const store = open(data);
    const acknowledged = new Map<string, number>();
    let writing = true;
    const writers = PEOPLE.map(async (who) => {
      for (let turn = 1; writing; turn++) {
        await writeTurn(store, who, turn);
        acknowledged.set(who, turn);
      }
    });
    while (acknowledged.size < PEOPLE.length) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = new Map(acknowledged);
    const ended = await backUp();
    const after = new Map(acknowledged);
    writing = false;
    await Promise.all(writers);
    await store.close();
    expect(ended).toMatchObject({ status: 0, err: "" });
    bringKey();
    expect((await restore()).status).toBe(0);
    const restored = open(elsewhere);
    for (const who of PEOPLE) {
      const revision = (await restored.load(who))?.revision ?? 0;
      const lines = await restored.transcript(who, { after: 0, limit: 100_000 });
      expect(lines.map(({ seq }) => seq)).toEqual(
        Array.from({ length: revision }, (_each, index) => index + 1),
      );
      expect(revision).toBeGreaterThanOrEqual(before.get(who) ?? 0);
    }
    // The writers went on meanwhile, or this test would show nothing.
    const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
    expect(sum(after)).toBeGreaterThan(sum(before));
    await restored.close();
  }, 60_000);

  it("holds neither the key nor a word, nor what was erased before it", async () => {
    const store = open(data);
    await fill(store);
    const [who = conversationId("w"), other = who] = PEOPLE;
    await store.erase(who);
    await backUp();
    await store.close();
    const bytes = readFileSync(file).toString("latin1");
    const key = readFileSync(join(data, "store.key"), "utf8").trim();
    for (const secret of [MARK, key, Buffer.from(key, "base64").toString("latin1")])
      expect(bytes.includes(Buffer.from(secret, "utf8").toString("latin1")) || bytes.includes(secret)).toBe(
        false,
      );
    expect(readFileSync(`${file}.json`, "utf8")).not.toContain(key);
    // Row keys are not sealed: the erased conversation has none left, the others show that the search would find it.
    expect(bytes.includes(`entry/${who}/`)).toBe(false);
    expect(bytes.includes(`entry/${other}/`)).toBe(true);
    expect(statSync(file).mode & 0o077).toBe(0);
  }, 60_000);

  it("takes the place of nothing, and leaves nothing half-made behind", async () => {
    await (async (store) => (await fill(store), store.close()))(open(data));
    writeFileSync(file, "something of mine");
    expect(await backUp()).toMatchObject({ status: 1, err: expect.stringContaining("exists already") });
    expect(readFileSync(file, "utf8")).toBe("something of mine");
    expect(readdirSync(home).toSorted()).toEqual(["data", "monday.backup"]);
  }, 60_000);

  it("of a folder without a store or without its key is refused, and makes no new key", async () => {
    expect(await backUp()).toMatchObject({ status: 1, err: expect.stringContaining("no key") });
    expect(existsSync(join(data, "store.key"))).toBe(false);
    await (async (store) => (await fill(store), store.close()))(open(data));
    const wrong = await runCommand("backup", [file], {
      DATA_DIR: data,
      STORE_KEY: randomBytes(32).toString("base64"),
    });
    expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining("opens nothing") });
    expect(existsSync(file)).toBe(false);
    const onRedis = await runCommand("backup", [file], {
      DATA_DIR: data,
      STORE: "redis",
      REDIS_URL: "redis://x",
    });
    expect(onRedis).toMatchObject({ status: 1, err: expect.stringContaining("in Redis") });
  }, 60_000);
});

describe("restoring", () => {
  beforeEach(async () => {
    const store = open(data);
    await fill(store);
    await store.close();
    await backUp();
  }, 60_000);

  it("never takes the place of a store", async () => {
    bringKey();
    await open(elsewhere).close();
    const mine = readFileSync(join(elsewhere, "store.lmdb"));
    expect(await restore()).toMatchObject({ status: 1, err: expect.stringContaining("exists already") });
    expect(readFileSync(join(elsewhere, "store.lmdb"))).toEqual(mine);
  });

  it("without the key, or with another one, is refused before anything is written", async () => {
    expect(await restore()).toMatchObject({ status: 1, err: expect.stringContaining("there is no key") });
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "store.key"), randomBytes(32).toString("base64"));
    expect(await restore()).toMatchObject({ status: 1, err: expect.stringContaining("not the key") });
    expect(readdirSync(elsewhere)).toEqual(["store.key"]);
  });

  it.each([
    {
      what: "one changed byte",
      harm: (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000) && bytes,
    },
    { what: "a cut end", harm: (bytes: Buffer) => bytes.subarray(0, bytes.length - 1) },
  ])("notices $what and leaves the folder as it was", async ({ harm }) => {
    bringKey();
    writeFileSync(file, harm(readFileSync(file)) as Buffer);
    expect((await restore()).status).toBe(1);
    expect(readdirSync(elsewhere)).toEqual(["store.key"]);
  });

  it("asks for the manifest, which says what a whole backup is", async () => {
    bringKey();
    rmSync(`${file}.json`);
    expect(await restore()).toMatchObject({ status: 1, err: expect.stringContaining("no manifest") });
  });

  it("--check proves a backup with the key and keeps nothing", async () => {
    bringKey();
    expect(await restore([file, "--check"])).toMatchObject({
      status: 0,
      out: expect.stringContaining("is whole"),
    });
    expect(readdirSync(elsewhere)).toEqual(["store.key"]);
  });

  it("says how it is used", async () => {
    expect(await restore([])).toMatchObject({ status: 2, err: expect.stringContaining("Usage") });
    expect(await restore(["a", "b"])).toMatchObject({ status: 2 });
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedStore } from "../../src/adapters/stores/embedded/open-embedded-store.ts";
import { openMovableEmbedded } from "../../src/adapters/stores/embedded/open-movable-embedded.ts";
import { createSealer } from "../../src/adapters/stores/embedded/sealer.ts";
import { openMovableRedis } from "../../src/adapters/stores/redis/open-movable-redis.ts";
import { openRedisStore } from "../../src/adapters/stores/redis/open-redis-store.ts";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import type { Damage, Store } from "../../src/app/ports.ts";
import type { MovableStore, StoredRow } from "../../src/app/stored-row.ts";
import { aBot } from "../support/a-bot.ts";
import {
  aConversation,
  aHandoff,
  anOutcome,
  aRisk,
  botEntry,
  conversationId,
  handoffId,
  NOON,
  said,
} from "../support/builders.ts";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

const clock = { now: () => Date.now() };
const WHO = conversationId("wdamaged");
const MALFORMED = {
  ...aConversation({
    id: WHO,
    revision: 4,
    lastSeq: 2,
    locale: "en",
    localeChosen: true,
    risk: aRisk("urgent"),
    lastTurnAt: Date.now(),
  }),
  cursor: 17,
};
const conversationRow = (value: unknown): StoredRow => ({ kind: "conversation", id: WHO, value });
const entryRow = (seq: number, value: unknown = botEntry(seq, `dòng ${seq}`)): StoredRow => ({
  kind: "entry",
  of: WHO,
  seq,
  value,
});
const caseRow = (id: string, value: unknown, of: string = WHO): StoredRow => ({
  kind: "handoff",
  of,
  id,
  isOpen: true,
  value,
});

describe.each(["lmdb", "redis"])("damaged and foreign state in the %s store", (engine) => {
  let redis: RedisServer | null = null;
  let folder = "";
  let store: Store | null = null;
  let damages: Damage[] = [];
  let place: { store(): Promise<Store>; movable(): Promise<MovableStore> };

  beforeAll(async () => {
    if (engine === "redis") redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  beforeEach(() => {
    damages = [];
    folder = mkdtempSync(join(tmpdir(), "ke-ben-damage-"));
    const key = randomBytes(32);
    const onDamage = (damage: Damage) => void damages.push(damage);
    const remote = {
      url: redis?.url ?? "",
      sealer: createSealer(key),
      clock,
      name: `d-${randomBytes(6).toString("hex")}`,
    };
    const local = { directory: folder, key, clock };
    place =
      redis === null
        ? {
            store: async () => openEmbeddedStore({ ...local, onDamage }),
            movable: async () => openMovableEmbedded(local),
          }
        : {
            store: async () => (await openRedisStore({ ...remote, onDamage })).store,
            movable: () => openMovableRedis(remote),
          };
  });
  afterEach(async () => {
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Rows written by hand, as another version or a fault may have left them; then a server opens the store. */
  async function openOn(...rows: readonly StoredRow[]): Promise<Store> {
    const movable = await place.movable();
    await movable.write(rows);
    await movable.close();
    store = await place.store();
    return store;
  }

  async function rowsLeft(): Promise<StoredRow[]> {
    await store?.close();
    store = null;
    const movable = await place.movable();
    const rows: StoredRow[] = [];
    for await (const row of movable.rows(Date.now())) rows.push(row);
    await movable.close();
    return rows;
  }

  it("goes on with a conversation of the first version", async () => {
    const old = {
      schema: 1,
      id: WHO,
      channel: "web",
      revision: 1,
      lastSeq: 2,
      openedAt: NOON,
      lastTurnAt: NOON,
      locale: "vi",
      audience: "unknown",
      mode: { kind: "bot" },
      cursor: null,
      risk: { level: "concern", category: "violence", signals: [] },
    };
    const opened = await openOn(conversationRow(old), entryRow(1), entryRow(2));
    const bot = aBot({ store: opened });
    expect(await createInboundHandler(bot)(said("bị lừa mất tiền #scam", { conversationId: WHO }))).toBe(
      "committed",
    );
    expect(await opened.load(WHO)).toMatchObject({
      revision: 2,
      cursor: { flow: "scam" },
      risk: { level: "concern" },
    });
    const lines = await opened.transcript(WHO, { after: 0, limit: 10 });
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_line, index) => index + 1));
    expect(damages).toEqual([]);
  });

  it("gives back what a newer version wrote, with its fields, after a turn of this one", async () => {
    const newer = { ...aConversation({ id: WHO, revision: 1, lastSeq: 0 }), schema: 2, mood: "calm" };
    const opened = await openOn(conversationRow(newer));
    const bot = aBot({ store: opened });
    await createInboundHandler(bot)(said("bị lừa mất tiền #scam", { conversationId: WHO }));
    const kept = (await rowsLeft()).find(({ kind }) => kind === "conversation");
    expect(kept).toMatchObject({ value: { revision: 2, mood: "calm", schema: 1 } });
  });

  it("neither reads nor touches what only a newer version understands", async () => {
    const newer = { ...MALFORMED, schema: 2 };
    const opened = await openOn(conversationRow(newer));
    await expect(opened.load(WHO)).rejects.toMatchObject({ code: "STORE_UNREADABLE" });
    expect(damages).toEqual([]);
    expect(await rowsLeft()).toContainEqual(conversationRow(newer));
  });

  it("begins a damaged conversation anew: 111 is shown, the words before stay, the damage is kept aside", async () => {
    const opened = await openOn(conversationRow(MALFORMED), entryRow(1), entryRow(2));
    const bot = aBot({ store: opened });
    await createInboundHandler(bot)(said("bị lừa mất tiền #scam", { conversationId: WHO }));
    const lines = await opened.transcript(WHO, { after: 0, limit: 20 });
    expect(lines.slice(0, 2)).toEqual([botEntry(1, "dòng 1"), botEntry(2, "dòng 2")]);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_line, index) => index + 1));
    const numbers = lines
      .slice(2)
      .flatMap(({ speech }) => speech?.helplines.map(({ number }) => number) ?? []);
    expect(numbers).toContain("111");
    const after = await opened.load(WHO);
    expect(after).toMatchObject({ locale: "en", risk: { level: "urgent" } });
    expect(after?.isMended).toBeUndefined();
    expect(damages).toEqual([{ kind: "conversation", id: WHO }]);
    expect(await rowsLeft()).toContainEqual(
      expect.objectContaining({ kind: "aside", of: WHO, value: MALFORMED }),
    );
  });

  it("does the same where the bytes themselves cannot be opened", async () => {
    const opened = await openOn(conversationRow(null), entryRow(1), entryRow(2));
    const loaded = await opened.load(WHO);
    expect(loaded).toMatchObject({ channel: "web", lastSeq: 2, isMended: true, mode: { kind: "bot" } });
    expect(await opened.load(WHO)).toEqual(loaded);
    expect(damages).toHaveLength(1);
  });

  it("leaves a waiting person in the queue when their state is damaged", async () => {
    const handoff = aHandoff({ id: handoffId("case-7"), conversationId: WHO });
    const opened = await openOn(conversationRow(MALFORMED), caseRow("case-7", handoff));
    expect(await opened.load(WHO)).toMatchObject({ mode: { kind: "waiting", handoffId: "case-7" } });
    expect(await opened.handoffs.open()).toEqual([handoff]);
  });

  it("finds a case that waits and is in no list, and lists it once; a closed one stays closed", async () => {
    const row = (id: string, over: Parameters<typeof aHandoff>[0]): StoredRow => ({
      kind: "handoff",
      of: WHO,
      id,
      isOpen: false,
      value: aHandoff({ id: handoffId(id), conversationId: WHO, ...over }),
    });
    const opened = await openOn(row("lost", {}), row("closed", { status: "resolved", endedAt: NOON }));
    expect(await opened.handoffs.open()).toEqual([]);
    expect(await opened.handoffs.relist()).toEqual(["lost"]);
    expect((await opened.handoffs.open()).map(({ id }) => id)).toEqual(["lost"]);
    expect(await opened.handoffs.relist()).toEqual([]);
  });

  it("shows no closed case in the queue, even where the list still names it", async () => {
    const value = aHandoff({
      id: handoffId("closed"),
      conversationId: WHO,
      status: "resolved",
      endedAt: NOON,
    });
    const opened = await openOn(caseRow("closed", value));
    expect(await opened.handoffs.open()).toEqual([]);
  });

  it("shows the whole queue when one case in it is damaged, and that one as urgent", async () => {
    const whole = aHandoff({
      id: handoffId("case-8"),
      conversationId: conversationId("wother"),
      risk: aRisk("concern"),
    });
    const broken = { ...aHandoff({ id: handoffId("case-7"), conversationId: WHO }), risk: null };
    const opened = await openOn(
      conversationRow({ ...MALFORMED, cursor: null }),
      { kind: "conversation", id: "wother", value: aConversation({ id: conversationId("wother") }) },
      caseRow("case-7", broken),
      caseRow("case-8", whole, "wother"),
    );
    const open = await opened.handoffs.open();
    expect(open.map(({ id, risk }) => [id, risk.level])).toEqual([
      ["case-7", "urgent"],
      ["case-8", "concern"],
    ]);
    expect(await opened.handoffs.get(handoffId("case-7"))).toEqual(open[0]);
    expect(damages).toEqual([{ kind: "handoff", id: "case-7" }]);
    expect(await rowsLeft()).toContainEqual(
      expect.objectContaining({ kind: "aside", of: WHO, value: broken }),
    );
  });

  it("keeps the place of a line that cannot be read", async () => {
    const opened = await openOn(
      conversationRow({ ...MALFORMED, cursor: null, lastSeq: 3 }),
      entryRow(1),
      entryRow(2, { seq: 2, at: NOON, from: "person", said: 5 }),
      entryRow(3),
    );
    const lines = await opened.transcript(WHO, { after: 0, limit: 10 });
    expect(lines.map(({ seq, from }) => [seq, from])).toEqual([
      [1, "bot"],
      [2, "person"],
      [3, "bot"],
    ]);
  });

  it("does not hold up the words behind one that cannot be read", async () => {
    const id = conversationId("tdamaged");
    const value = aConversation({ id, channel: "telegram", address: "77", revision: 1, lastSeq: 2 });
    const opened = await openOn(
      { kind: "conversation", id, value: { ...value, cursor: 17 } },
      { kind: "entry", of: id, seq: 1, value: { seq: 1, at: NOON, from: "bot", speech: 5 } },
      { kind: "entry", of: id, seq: 2, value: botEntry(2, "hai") },
      { kind: "undelivered", of: id, seq: 1, at: NOON },
      { kind: "undelivered", of: id, seq: 2, at: NOON },
    );
    const sent: string[] = [];
    const sender = opened.outbox.drain(async ({ entry, address }) => {
      sent.push(`${address} ${entry.speech.text}`);
      return { kind: "sent" };
    });
    await eventually(() => expect(sent).toEqual(["77 hai"]));
    await eventually(async () => expect(await opened.outbox.counts()).toMatchObject({ waiting: 0, dead: 1 }));
    await sender.stop();
  });

  it("takes the messages of everybody else when one cannot be read", async () => {
    const waiting = (of: string, value: unknown): StoredRow => ({
      kind: "waiting",
      of,
      id: "m-1",
      until: Date.now() + 1000,
      n: 0,
      value,
    });
    const message = said("chào", { conversationId: conversationId("wsound"), channelMessageId: "m-1" });
    const opened = await openOn(waiting("wbroken", { content: 5 }), waiting("wsound", message));
    const taken: string[] = [];
    const worker = opened.consume(async ({ conversationId: id }) => {
      taken.push(id);
      const conversation = aConversation({ id, revision: 1, lastSeq: 0 });
      await opened.commit(anOutcome(conversation), { kind: "inbound", message });
    });
    await eventually(() => expect(taken).toEqual(["wsound"]));
    expect(damages).toMatchObject([{ kind: "message" }]);
    await worker.stop();
  });

  it("does not expire a conversation by the mark of an earlier turn that was left behind", async () => {
    const early = aConversation({ id: WHO, revision: 1, lastTurnAt: NOON });
    const late = { ...early, revision: 2, lastTurnAt: NOON + 1000 };
    const opened = await openOn(conversationRow(early), conversationRow(late));
    expect(await opened.expire(NOON + 500)).toBe(0);
    expect(await opened.load(WHO)).toEqual(late);
    expect(await opened.expire(NOON + 1500)).toBe(1);
    expect(await opened.load(WHO)).toBeNull();
  });

  it("deletes what was kept aside together with the conversation", async () => {
    const opened = await openOn(conversationRow(MALFORMED), entryRow(1));
    await opened.load(WHO);
    await opened.erase(WHO);
    expect(await rowsLeft()).toEqual([]);
  });
});

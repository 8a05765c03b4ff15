import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { OutboundMessage, SendResult, Store } from "../../src/app/ports.ts";
import type { InboundMessage } from "../../src/domain/conversation/message.ts";
import type { ConversationId } from "../../src/domain/kernel/ids.ts";
import type { ReturnTicket } from "../../src/domain/return-code/return-ticket.ts";
import {
  aConversation,
  anAccount,
  aHandoff,
  aMessage,
  anOutcome,
  aRisk,
  botEntry,
  conversationId,
  counsellorId,
  handoffId,
  NOON,
} from "../support/builders.ts";
import { eventually } from "../support/eventually.ts";
import { createSimulatedClock } from "../support/simulated-clock.ts";
import { type StoreBench, STORES } from "../support/stores.ts";

const FRESH = { revision: 1, lastSeq: 1 };

describe.each(Object.keys(STORES))("the %s store", (name) => {
  const clock = createSimulatedClock();
  let bench: StoreBench;
  let store: Store;

  beforeEach(async () => {
    const make = STORES[name];
    if (make === undefined) throw new Error(name);
    bench = await make();
    store = await bench.open(clock);
  });
  afterEach(async () => {
    await store.close();
    await bench.cleanUp();
  });

  const collectInbox = (taken: InboundMessage[]) =>
    store.consume(async (message) => {
      taken.push(message);
      const before = await store.load(message.conversationId);
      const revision = (before?.revision ?? 0) + 1;
      const conversation = aConversation({ id: message.conversationId, revision, lastSeq: revision });
      await store.commit(anOutcome(conversation), { kind: "inbound", message });
    });

  describe("inbox", () => {
    it("takes a redelivered message once, while it waits and after it was answered", async () => {
      const message = aMessage();
      expect(await store.enqueue(message)).toBe("new");
      expect(await store.enqueue(message)).toBe("duplicate");
      const taken: InboundMessage[] = [];
      const worker = collectInbox(taken);
      await eventually(() => expect(taken).toHaveLength(1));
      expect(await store.enqueue(message)).toBe("duplicate");
      await worker.stop();
      expect(taken).toHaveLength(1);
    });

    it("stores nothing of a message that was being taken when its person took everything back", async () => {
      const message = aMessage();
      await store.enqueue(message);
      const results: string[] = [];
      const worker = store.consume(async (taken) => {
        await store.erase(taken.conversationId);
        const conversation = aConversation({ id: taken.conversationId, ...FRESH });
        const outcome = anOutcome(conversation, { entries: [botEntry(1, "chào")] });
        results.push(await store.commit(outcome, { kind: "inbound", message: taken }));
      });
      await eventually(() => expect(results).toEqual(["duplicate"]));
      await worker.stop();
      expect(await store.load(message.conversationId)).toBeNull();
      expect(await store.transcript(message.conversationId, { after: 0, limit: 9 })).toEqual([]);
    });

    it("hands over messages of one conversation in the order in which they came", async () => {
      const sent = Array.from({ length: 20 }, () => aMessage());
      for (const message of sent) await store.enqueue(message);
      const taken: InboundMessage[] = [];
      const worker = collectInbox(taken);
      await eventually(() => expect(taken).toHaveLength(20));
      await worker.stop();
      expect(taken.map((each) => each.channelMessageId)).toEqual(sent.map((each) => each.channelMessageId));
    });

    it("hands a message over again that is not taken yet, and shows what waits behind it", async () => {
      const [first, second] = [aMessage(), aMessage()];
      await store.enqueue(first);
      const seen: string[] = [];
      const worker = store.consume(async (message, line) => {
        const next = line.next();
        if (message.channelMessageId === first.channelMessageId && next === null) return { afterMs: 10 };
        seen.push(`${message.channelMessageId} before ${next?.channelMessageId ?? "nothing"}`);
        return store.drop(message);
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen).toEqual([]);
      await store.enqueue(second);
      await eventually(() =>
        expect(seen).toEqual([
          `${first.channelMessageId} before ${second.channelMessageId}`,
          `${second.channelMessageId} before nothing`,
        ]),
      );
      await worker.stop();
    });

    it("hands a message over again when taking it failed, and nothing behind it overtakes", async () => {
      const first = aMessage();
      const second = aMessage();
      await store.enqueue(first);
      await store.enqueue(second);
      const order: string[] = [];
      let failures = 2;
      const worker = store.consume(async (message) => {
        order.push(message.channelMessageId);
        if (message.channelMessageId === first.channelMessageId && failures-- > 0) throw new Error("not now");
      });
      await eventually(() => expect(order).toHaveLength(4));
      await worker.stop();
      const [a, b] = [first.channelMessageId, second.channelMessageId];
      expect(order).toEqual([a, a, a, b]);
    });

    it("lets a slow conversation not hold up another", async () => {
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      const done: string[] = [];
      const worker = store.consume(async (message) => {
        if (message.conversationId === "wslow") await gate;
        done.push(message.conversationId);
      });
      await store.enqueue(aMessage({ conversationId: conversationId("wslow") }));
      await store.enqueue(aMessage({ conversationId: conversationId("wquick") }));
      await eventually(() => expect(done).toEqual(["wquick"]));
      release();
      await eventually(() => expect(done).toEqual(["wquick", "wslow"]));
      await worker.stop();
    });

    it("can drop a message that can never be taken", async () => {
      const message = aMessage();
      await store.enqueue(message);
      await store.drop(message);
      const taken: InboundMessage[] = [];
      const worker = collectInbox(taken);
      await store.enqueue(aMessage({ conversationId: conversationId("wother") }));
      await eventually(() => expect(taken).toHaveLength(1));
      await worker.stop();
      expect(taken[0]?.conversationId).toBe("wother");
    });
  });

  describe("commit", () => {
    it("stores state, transcript, case and audit together", async () => {
      const handoff = aHandoff();
      const conversation = aConversation({ ...FRESH, mode: { kind: "waiting", handoffId: handoff.id } });
      const audit = [
        {
          at: NOON,
          act: "handoff-requested",
          by: "bot",
          conversationId: conversation.id,
          detail: null,
        } as const,
      ];
      const outcome = anOutcome(conversation, { entries: [botEntry(1, "chào bạn")], handoff, audit });
      expect(await store.commit(outcome, { kind: "inbound", message: aMessage() })).toBe("committed");
      expect(await store.load(conversation.id)).toEqual(conversation);
      expect(await store.transcript(conversation.id, { after: 0, limit: 10 })).toEqual([
        botEntry(1, "chào bạn"),
      ]);
      expect(await store.handoffs.open()).toEqual([handoff]);
      expect(await store.audit.recent(10)).toEqual(audit);
    });

    it("finds the events of a stretch of time, with its beginning and without its end", async () => {
      const event = (at: number) => ({
        ...{ at, act: "signed-in" as const, by: `c${at - NOON}`, conversationId: null, detail: null },
      });
      for (const offset of [0, 10, 20, 30]) await store.audit.append([event(NOON + offset)]);
      expect(await store.audit.between(NOON + 10, NOON + 30)).toEqual([event(NOON + 10), event(NOON + 20)]);
      expect(await store.audit.between(NOON + 11, NOON + 20)).toEqual([]);
      expect(await store.audit.between(0, NOON + 1)).toEqual([event(NOON)]);
    });

    it("refuses a write that was made on an old revision, and changes nothing", async () => {
      const conversation = aConversation(FRESH);
      await store.commit(anOutcome(conversation), { kind: "act", actId: "a" });
      const late = anOutcome(aConversation({ ...FRESH, lastSeq: 9 }), { entries: [botEntry(2, "quá muộn")] });
      expect(await store.commit(late, { kind: "act", actId: "b" })).toBe("stale");
      expect(await store.load(conversation.id)).toEqual(conversation);
      expect(await store.transcript(conversation.id, { after: 0, limit: 10 })).toEqual([]);
    });

    it("does the same act once, however often it is sent", async () => {
      const first = anOutcome(aConversation(FRESH));
      const again = anOutcome(aConversation({ revision: 2, lastSeq: 2 }));
      expect(await store.commit(first, { kind: "act", actId: "same" })).toBe("committed");
      expect(await store.commit(again, { kind: "act", actId: "same" })).toBe("duplicate");
      expect((await store.load(first.conversation.id))?.revision).toBe(1);
    });

    it("lets exactly one of many racing writes through", async () => {
      const races = Array.from({ length: 50 }, (_each, index) =>
        store.commit(anOutcome(aConversation({ ...FRESH, lastTurnAt: NOON + index })), {
          kind: "act",
          actId: `race-${index}`,
        }),
      );
      const results = await Promise.all(races);
      expect(results.filter((result) => result === "committed")).toHaveLength(1);
      expect(results.filter((result) => result === "stale")).toHaveLength(49);
    });

    it("forgets message ids after the dedupe window, and not before", async () => {
      const message = aMessage();
      await store.enqueue(message);
      await store.drop(message);
      clock.advance(6 * 24 * 3600 * 1000);
      await store.expire(0);
      expect(await store.enqueue(message)).toBe("duplicate");
      clock.advance(2 * 24 * 3600 * 1000);
      await store.expire(0);
      expect(await store.enqueue(message)).toBe("new");
    });
  });

  describe("outbox", () => {
    const speak = async (id: string, texts: readonly string[]) => {
      const conversation = aConversation({
        id: conversationId(id),
        channel: "telegram",
        address: `chat-${id}`,
        revision: 1,
        lastSeq: texts.length,
      });
      const entries = texts.map((text, index) => botEntry(index + 1, text));
      await store.commit(anOutcome(conversation, { entries }), { kind: "act", actId: `say-${id}` });
    };

    it("delivers in order, with the address, and forgets what was sent", async () => {
      const sent: OutboundMessage[] = [];
      const sender = store.outbox.drain(async (message) => {
        sent.push(message);
        return { kind: "sent" };
      });
      await speak("t1", ["một", "hai", "ba"]);
      await eventually(() =>
        expect(sent.map((each) => each.entry.speech.text)).toEqual(["một", "hai", "ba"]),
      );
      expect(sent[0]?.address).toBe("chat-t1");
      await eventually(async () => expect((await store.outbox.counts()).waiting).toBe(0));
      await sender.stop();
    });

    it("tries again when told so and keeps the order meanwhile", async () => {
      const tries: string[] = [];
      let refusals = 2;
      const sender = store.outbox.drain(async (message): Promise<SendResult> => {
        tries.push(message.entry.speech.text);
        return refusals-- > 0 ? { kind: "later", retryAfterMs: 5 } : { kind: "sent" };
      });
      await speak("t2", ["một", "hai"]);
      await eventually(() => expect(tries).toEqual(["một", "một", "một", "hai"]));
      await sender.stop();
    });

    it("keeps what a channel refused for good as a dead letter and goes on", async () => {
      const sender = store.outbox.drain(async (message) =>
        message.entry.speech.text === "một" ? { kind: "refused", code: "403" } : { kind: "sent" },
      );
      await speak("t3", ["một", "hai"]);
      await eventually(async () =>
        expect(await store.outbox.counts()).toMatchObject({ waiting: 0, dead: 1 }),
      );
      await sender.stop();
    });

    it("pushes nothing to a page, which reads the transcript by number", async () => {
      const conversation = aConversation({ ...FRESH });
      await store.commit(anOutcome(conversation, { entries: [botEntry(1, "chào")] }), {
        kind: "act",
        actId: "w",
      });
      expect((await store.outbox.counts()).waiting).toBe(0);
    });
  });

  describe("cases", () => {
    it("orders by level first, then by who has waited longest", async () => {
      const cases = [
        aHandoff({ id: handoffId("late-urgent"), risk: aRisk("urgent"), requestedAt: NOON + 2 }),
        aHandoff({ id: handoffId("early-concern"), risk: aRisk("concern"), requestedAt: NOON }),
        aHandoff({ id: handoffId("early-urgent"), risk: aRisk("urgent"), requestedAt: NOON + 1 }),
        aHandoff({ id: handoffId("emergency"), risk: aRisk("emergency"), requestedAt: NOON + 9 }),
      ];
      for (const [index, handoff] of cases.entries()) {
        const id = conversationId(`wcase${index}`);
        const outcome = anOutcome(aConversation({ ...FRESH, id }), {
          handoff: { ...handoff, conversationId: id },
        });
        await store.commit(outcome, { kind: "act", actId: "open" });
      }
      const order = (await store.handoffs.open()).map((handoff) => handoff.id);
      expect(order).toEqual(["emergency", "early-urgent", "late-urgent", "early-concern"]);
    });

    it("lists a case no longer once it is resolved", async () => {
      await store.commit(anOutcome(aConversation(FRESH), { handoff: aHandoff() }), {
        kind: "act",
        actId: "1",
      });
      const resolved = aHandoff({ status: "resolved", endedAt: NOON });
      await store.commit(anOutcome(aConversation({ revision: 2, lastSeq: 1 }), { handoff: resolved }), {
        kind: "act",
        actId: "2",
      });
      expect(await store.handoffs.open()).toEqual([]);
      expect((await store.handoffs.get(resolved.id))?.status).toBe("resolved");
    });
  });

  describe("erasing", () => {
    it("leaves nothing of a conversation", async () => {
      const conversation = aConversation({ ...FRESH, channel: "telegram" });
      const outcome = anOutcome(conversation, { entries: [botEntry(1, "một")], handoff: aHandoff() });
      await store.commit(outcome, { kind: "act", actId: "x" });
      await store.erase(conversation.id);
      expect(await store.load(conversation.id)).toBeNull();
      expect(await store.transcript(conversation.id, { after: 0, limit: 10 })).toEqual([]);
      expect(await store.handoffs.open()).toEqual([]);
      expect((await store.outbox.counts()).waiting).toBe(0);
    });

    it("keeps only the last words when the person asked for it", async () => {
      await store.commit(anOutcome(aConversation(FRESH), { entries: [botEntry(1, "cũ")] }), {
        kind: "act",
        actId: "1",
      });
      const last = anOutcome(aConversation({ revision: 2, lastSeq: 2 }), {
        entries: [botEntry(2, "đã xóa")],
        erase: true,
      });
      await store.commit(last, { kind: "act", actId: "2" });
      expect(await store.transcript(last.conversation.id, { after: 0, limit: 10 })).toEqual([
        botEntry(2, "đã xóa"),
      ]);
    });

    it("expires conversations that nobody has written in, and only those", async () => {
      const old = aConversation({ ...FRESH, id: conversationId("wold"), lastTurnAt: NOON - 1000 });
      const young = aConversation({ ...FRESH, id: conversationId("wyoung"), lastTurnAt: NOON + 1000 });
      for (const conversation of [old, young])
        await store.commit(anOutcome(conversation), { kind: "act", actId: "x" });
      expect(await store.expire(NOON)).toBe(1);
      expect(await store.load(old.id)).toBeNull();
      expect(await store.load(young.id)).not.toBeNull();
    });
  });

  it("answers every case of a span for reports, open and closed, and leaves out those before and after", async () => {
    for (const [n, at] of [NOON - 1, NOON, NOON + 5, NOON + 10].entries()) {
      const id = conversationId(`wspan-${n}`);
      const over = n === 1 ? ({ status: "resolved", endedAt: NOON + 9 } as const) : {};
      const handoff = aHandoff({ id: handoffId(`span-${n}`), conversationId: id, requestedAt: at, ...over });
      const conversation = aConversation({ ...FRESH, id });
      await store.commit(anOutcome(conversation, { handoff }), { kind: "act", actId: `span-${n}` });
    }
    const found = await store.handoffs.requested(NOON, NOON + 10);
    expect(found.map(({ id }) => id).sort((a, b) => a.localeCompare(b))).toEqual(["span-1", "span-2"]);
  });

  describe("people of the house", () => {
    it("gives a name to one account only, whatever its case", async () => {
      const account = anAccount();
      expect(await store.accounts.create(account)).toBe(true);
      expect(await store.accounts.create({ ...account, id: counsellorId("c2"), name: "lan anh" })).toBe(
        false,
      );
      expect(await store.accounts.byName(" LAN ANH ")).toEqual(account);
      expect(await store.accounts.count()).toBe(1);
      const an = { ...account, id: counsellorId("c3"), name: "An" };
      await store.accounts.create(an);
      expect(await store.accounts.all()).toEqual([an, account]);
    });

    it("changes an account once for each change, however many come in the same moment", async () => {
      const account = anAccount();
      await store.accounts.create(account);
      await Promise.all(
        Array.from({ length: 8 }, () =>
          store.accounts.update(account.id, (now) => ({ ...now, createdAt: now.createdAt + 1 })),
        ),
      );
      expect(await store.accounts.byId(account.id)).toEqual({ ...account, createdAt: NOON + 8 });
      expect(await store.accounts.update(account.id, () => null)).toBeNull();
      expect(await store.accounts.update(counsellorId("nobody"), (now) => now)).toBeNull();
      expect(await store.accounts.byId(account.id)).toEqual({ ...account, createdAt: NOON + 8 });
    });

    it("keeps and removes sign-ins by the hash of their token", async () => {
      const signIn = { counsellorId: counsellorId("c1"), openedAt: NOON - 1, expiresAt: NOON };
      await store.tokens.put("hash", signIn);
      expect(await store.tokens.get("hash")).toEqual(signIn);
      await store.tokens.remove("hash");
      expect(await store.tokens.get("hash")).toBeNull();
    });
  });

  describe("return codes", () => {
    const aTicket = (over: Partial<ReturnTicket> = {}): ReturnTicket => ({
      lookup: "lookup-1",
      conversationId: conversationId("wtest"),
      openedAt: NOON,
      box: "box",
      expiresAt: clock.now() + 60_000,
      ...over,
    });

    it("finds what was kept, until its time is over", async () => {
      await store.returnCodes.keep(aTicket());
      expect(await store.returnCodes.find("lookup-1")).toEqual(aTicket());
      expect(await store.returnCodes.find("lookup-2")).toBeNull();
      clock.advance(60_000);
      expect(await store.returnCodes.find("lookup-1")).toBeNull();
    });

    it("a new one ends the old one of the same conversation, and no other", async () => {
      const other = aTicket({ lookup: "lookup-o", conversationId: conversationId("wother") });
      for (const ticket of [other, aTicket(), aTicket({ lookup: "lookup-2" })])
        await store.returnCodes.keep(ticket);
      expect(await store.returnCodes.find("lookup-1")).toBeNull();
      expect(await store.returnCodes.find("lookup-2")).not.toBeNull();
      expect(await store.returnCodes.find("lookup-o")).toEqual(other);
    });

    it("kept twice is found once more", async () => {
      await store.returnCodes.keep(aTicket());
      await store.returnCodes.keep(aTicket());
      expect(await store.returnCodes.find("lookup-1")).not.toBeNull();
    });

    it.each([
      { how: "is forgotten", end: (id: ConversationId) => store.returnCodes.forget(id) },
      { how: "goes with its conversation", end: (id: ConversationId) => store.erase(id) },
      {
        how: "goes when the person deletes everything",
        end: (id: ConversationId) =>
          store.commit(anOutcome(aConversation({ ...FRESH, id, revision: 2, lastSeq: 2 }), { erase: true }), {
            kind: "act",
            actId: "erase",
          }),
      },
      { how: "goes when the conversation expires", end: () => store.expire(NOON * 2) },
    ])("$how", async ({ end }) => {
      const ticket = aTicket();
      const conversation = aConversation({ ...FRESH, id: ticket.conversationId });
      await store.commit(anOutcome(conversation), { kind: "act", actId: "open" });
      await store.returnCodes.keep(ticket);
      await end(ticket.conversationId);
      expect(await store.returnCodes.find("lookup-1")).toBeNull();
    });
  });

  it("keeps everything when the process ends and another opens the same data", async () => {
    if (bench.reopen === null) return;
    const message = aMessage();
    const conversation = aConversation({ ...FRESH, channel: "telegram", id: conversationId("tkeep") });
    await store.enqueue(message);
    await store.commit(anOutcome(conversation, { entries: [botEntry(1, "chào")], handoff: aHandoff() }), {
      kind: "act",
      actId: "k",
    });
    await store.close();
    store = await bench.reopen(clock);
    expect(await store.load(conversation.id)).toEqual(conversation);
    expect(await store.handoffs.open()).toHaveLength(1);
    const sent: string[] = [];
    const sender = store.outbox.drain(async (each) => {
      sent.push(each.entry.speech.text);
      return { kind: "sent" };
    });
    const taken: InboundMessage[] = [];
    const worker = collectInbox(taken);
    await eventually(() => {
      expect(sent).toEqual(["chào"]);
      expect(taken).toEqual([message]);
    });
    await worker.stop();
    await sender.stop();
  });
});

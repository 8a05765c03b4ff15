import type { OutboundMessage, Store } from "../../src/app/ports.ts";
import type { ConversationId } from "../../src/domain/kernel/ids.ts";
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
  said,
} from "./builders.ts";
import { eventually } from "./eventually.ts";

const WEB = Array.from({ length: 40 }, (_each, index) => conversationId(`wfill-${index}`));
const TELEGRAM = conversationId("tfill-77");
const REFUSED = conversationId("tfill-78");
const EARLY = conversationId("wfill-early");

/** Something of every kind that a store keeps, through its own ports. Leaves nothing running. */
export async function fillStore(store: Store): Promise<void> {
  await store.accounts.create(anAccount({ role: "supervisor" }));
  const signIn = { counsellorId: counsellorId("c1"), openedAt: NOON };
  await store.tokens.put("hash-1", { ...signIn, expiresAt: Date.now() + 3600_000 });
  await store.tokens.put("hash-lapsed", { ...signIn, expiresAt: Date.now() - 1 });
  await store.settings.put("zalo.tokens", { access: "a", refresh: "r" });
  const by = { by: "c1", conversationId: null, detail: null };
  await store.audit.append([
    { at: NOON, act: "account-created", ...by },
    { at: NOON, act: "signed-in", ...by },
  ]);
  for (const [index, id] of WEB.entries()) await fillTalk(store, id, index);
  await fillRefused(store);
  await say(store, TELEGRAM, ["một", "hai", "ba", "bốn"]);
  // Answered ids, ids of acts, and messages that wait: also of somebody who was never answered.
  for (let n = 0; n < 6; n++)
    await store.enqueue(said(`chờ ${n}`, { conversationId: EARLY, channelMessageId: `early ${n}` }));
  for (let n = 0; n < 3; n++)
    await store.enqueue(
      said(`và ${n}`, { conversationId: TELEGRAM, channel: "telegram", channelMessageId: `waits-${n}` }),
    );
}

async function fillTalk(store: Store, id: ConversationId, index: number): Promise<void> {
  const message = said("em bị dọa đăng ảnh", { conversationId: id, channelMessageId: `said-${index}` });
  await store.enqueue(message);
  const handoff =
    index % 4 === 0
      ? aHandoff({
          id: handoffId(`case-${index}`),
          conversationId: id,
          risk: aRisk("urgent"),
          requestedAt: NOON + index,
        })
      : null;
  const audit =
    handoff === null
      ? []
      : [{ at: NOON, act: "handoff-requested", by: "bot", conversationId: id, detail: "risk" } as const];
  const entries = Array.from({ length: 12 }, (_each, n) =>
    botEntry(n + 1, `dòng ${n} ${"chữ ".repeat(100)}`),
  );
  const mode =
    handoff === null ? ({ kind: "bot" } as const) : ({ kind: "waiting", handoffId: handoff.id } as const);
  const conversation = aConversation({ id, revision: 1, lastSeq: 12, mode, lastTurnAt: NOON + index });
  await store.commit(anOutcome(conversation, { entries, handoff, audit }), { kind: "inbound", message });
  if (handoff === null || index % 8 !== 0) return;
  const resolved = { ...handoff, status: "resolved", endedAt: NOON } as const;
  const after = { ...conversation, revision: 2, mode: { kind: "bot" } } as const;
  await store.commit(anOutcome(after, { handoff: resolved }), { kind: "act", actId: "resolve-it" });
}

async function say(store: Store, id: ConversationId, texts: readonly string[]): Promise<void> {
  const conversation = aConversation({
    id,
    channel: "telegram",
    address: "chat-77",
    revision: 1,
    lastSeq: texts.length,
  });
  const entries = texts.map((text, index) => botEntry(index + 1, text));
  await store.commit(anOutcome(conversation, { entries }), { kind: "act", actId: "say" });
}

async function fillRefused(store: Store): Promise<void> {
  const sender = store.outbox.drain(async () => ({ kind: "refused", code: "403" }));
  await say(store, REFUSED, ["không tới"]);
  await eventually(async () => {
    const { dead } = await store.outbox.counts();
    if (dead !== 1) throw new Error(`${dead}`);
  });
  await sender.stop();
}

/** What the ports of a store answer about all of it. Takes and delivers what waits: read it once. */
export async function snapshotOf(store: Store) {
  const ids = [...WEB, TELEGRAM, REFUSED, EARLY];
  const talks = [];
  for (const id of ids)
    talks.push([await store.load(id), await store.transcript(id, { after: 0, limit: 100 })]);
  const cases = await Promise.all(WEB.map((_id, index) => store.handoffs.get(handoffId(`case-${index}`))));
  const again = [];
  for (const [index, id] of WEB.entries())
    again.push(await store.enqueue(aMessage({ conversationId: id, channelMessageId: `said-${index}` })));
  const counts = await store.outbox.counts();
  const taken: string[] = [];
  const sent: string[] = [];
  const worker = store.consume(async (message) => {
    taken.push(`${message.conversationId} ${message.channelMessageId} ${JSON.stringify(message.content)}`);
  });
  const sender = store.outbox.drain(async ({ entry, address, id }: OutboundMessage) => {
    sent.push(`${id} ${address} ${entry.speech.text}`);
    return { kind: "sent" };
  });
  await eventually(() => {
    if (taken.length < 9 || sent.length < 4) throw new Error(`${taken.length} ${sent.length}`);
  }, 15_000);
  await worker.stop();
  await sender.stop();
  const inOrder = (of: ConversationId, all: readonly string[]) => all.filter((each) => each.startsWith(of));
  return {
    talks,
    cases,
    again,
    counts,
    open: await store.handoffs.open(),
    account: await store.accounts.byName("lan anh"),
    signIns: [await store.tokens.get("hash-1"), await store.accounts.count()],
    setting: await store.settings.get("zalo.tokens"),
    audit: await store.audit.recent(100),
    taken: [...inOrder(EARLY, taken), ...inOrder(TELEGRAM, taken)],
    sent: inOrder(TELEGRAM, sent),
  };
}

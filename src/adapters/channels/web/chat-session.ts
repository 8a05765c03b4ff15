import type { Clock, Inbox, Conversations, EventBus, Metrics } from "../../../app/ports.ts";
import type { Conversation } from "../../../domain/conversation/conversation.ts";
import {
  type InboundContent,
  MAX_TEXT_LENGTH,
  type TranscriptEntry,
} from "../../../domain/conversation/message.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { ClientFrame, type Hello, type ServerFrame, type WireEntry } from "../../../wire/chat.ts";
import { showEntry } from "../../../app/show-entry.ts";
import { type Allowance, createAllowance } from "./allowance.ts";

export interface SessionDeps {
  readonly store: Inbox & Pick<Conversations, "load" | "transcript">;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly conversationIdOf: (key: string) => ConversationId;
  readonly labelOf: (value: string, locale: Conversation["locale"]) => string;
}

/** Where the frames of a session go: a socket, or the answer to a request. */
export interface ChatOutlet {
  /** Never throws; what can no longer be delivered is dropped, and the page catches up by number. */
  readonly send: (frame: ServerFrame) => void;
  /** `hostile`: too many bad frames. `trouble`: the page should come back. */
  close(why: "hostile" | "trouble"): void;
}

export interface ChatSession {
  readonly conversationId: ConversationId | null;
  /** A frame as it came over a socket, or one that was read already. */
  receive(data: string | ClientFrame): Promise<void>;
  /** Something about the conversation changed: send what the page does not have yet. */
  wake(): void;
  counsellorTyping(): void;
  counsellorSaw(seq: number): void;
}

const PAGE_SIZE = 200;
const MAX_BAD_FRAMES = 10;
const TYPING_EVERY_MS = 500;
// Far above what fingers can do, far below what a script can.
const MESSAGES = { burst: 30, perSecond: 2 } as const;

/** How many messages one page may send; a page without a socket keeps its allowance from request to request. */
export function createMessageAllowance(clock: Clock): Allowance {
  return createAllowance({ ...MESSAGES, clock });
}

/** One connection of one page. It keeps no state that matters: everything is read again from the store by number. */
export function createChatSession(
  outlet: ChatOutlet,
  deps: SessionDeps,
  allowance: Allowance = createMessageAllowance(deps.clock),
): ChatSession {
  const { store, events, clock, metrics } = deps;
  const { send } = outlet;
  let hello: { readonly conversationId: ConversationId; readonly locale: "vi" | "en" | undefined } | null =
    null;
  let sentSeq = 0;
  let erasures: number | null = null;
  let shown = "";
  let badFrames = 0;
  let toldTypingAt = 0;
  let pumping: Promise<void> | null = null;
  let isStale = false;

  function refuse(id?: string): void {
    metrics.count("inbound_refused_total", { reason: "bad-frame" });
    send({ t: "problem", code: "bad-frame", ...(id === undefined ? {} : { id }) });
    if (++badFrames >= MAX_BAD_FRAMES) outlet.close("hostile");
  }

  async function greet(frame: Hello): Promise<void> {
    const conversationId = deps.conversationIdOf(frame.key);
    if (hello !== null && hello.conversationId !== conversationId) return refuse();
    const conversation = await store.load(conversationId);
    hello = { conversationId, locale: frame.locale };
    erasures = conversation?.erasures ?? null;
    sentSeq = frame.after;
    if (await holdsErasedWords(frame.after, conversation)) {
      sentSeq = 0;
      send({ t: "erased" });
    }
    const { mode, locale } = conversation ?? { mode: { kind: "bot" as const }, locale: frame.locale ?? "vi" };
    shown = `${mode.kind} ${locale}`;
    send({ t: "welcome", lastSeq: conversation?.lastSeq ?? 0, mode: mode.kind, locale });
    await pump();
  }

  /** A page that shows numbers we no longer hold saw words of a conversation that has been erased since. */
  async function holdsErasedWords(after: number, conversation: Conversation | null): Promise<boolean> {
    if (after === 0) return false;
    if (conversation === null || after > conversation.lastSeq) return true;
    const [first] = await store.transcript(conversation.id, { after: 0, limit: 1 });
    return first === undefined || after < first.seq;
  }

  async function take(id: string, content: InboundContent): Promise<void> {
    if (hello === null) return refuse(id);
    if (!allowance.take()) return send({ t: "problem", code: "slow-down", id });
    const { conversationId, locale } = hello;
    const result = await store.enqueue({
      conversationId,
      channel: "web",
      channelMessageId: id,
      receivedAt: clock.now(),
      content,
      ...(locale === undefined ? {} : { localeHint: locale }),
    });
    send(result === "full" ? { t: "problem", code: "busy", id } : { t: "accepted", id });
  }

  /** Other processes and a counsellor hear of it: not more often than it says something new. */
  function tellTyping(): void {
    if (hello === null || clock.now() - toldTypingAt < TYPING_EVERY_MS) return;
    toldTypingAt = clock.now();
    events.publish({ kind: "person-typing", conversationId: hello.conversationId });
  }

  async function pump(): Promise<void> {
    if (hello === null) return;
    const conversation = await store.load(hello.conversationId);
    if (conversation === null) return;
    if (erasures !== null && conversation.erasures !== erasures) send({ t: "erased" });
    erasures = conversation.erasures;
    const label = (value: string) => deps.labelOf(value, conversation.locale);
    while (sentSeq < conversation.lastSeq) {
      const entries = await store.transcript(hello.conversationId, { after: sentSeq, limit: PAGE_SIZE });
      const last = entries.at(-1);
      if (last === undefined) break;
      send({ t: "entries", entries: entries.map((entry) => toWire(entry, label)) });
      sentSeq = last.seq;
    }
    const state = `${conversation.mode.kind} ${conversation.locale}`;
    if (state !== shown) send({ t: "state", mode: conversation.mode.kind, locale: conversation.locale });
    shown = state;
  }

  function wake(): void {
    isStale = true;
    pumping ??= (async () => {
      while (isStale) {
        isStale = false;
        await pump();
      }
    })()
      .catch(() => outlet.close("trouble"))
      .finally(() => {
        pumping = null;
      });
  }

  return {
    get conversationId() {
      return hello?.conversationId ?? null;
    },
    wake,
    counsellorTyping: () => send({ t: "typing", from: "counsellor" }),
    counsellorSaw: (seq) => send({ t: "seen", seq }),
    async receive(data) {
      const frame = typeof data === "string" ? parseFrame(data) : data;
      if (frame === null) return refuse();
      switch (frame.t) {
        case "hello":
          return greet(frame);
        case "say": {
          if (frame.text.length > MAX_TEXT_LENGTH)
            return send({ t: "problem", code: "too-long", id: frame.id });
          const text = frame.text.toWellFormed();
          return text.trim() === "" ? refuse(frame.id) : take(frame.id, { kind: "text", text });
        }
        case "choose":
          return take(frame.id, { kind: "choice", value: frame.value });
        case "typing":
          return tellTyping();
        default:
          return undefined;
      }
    },
  };
}

/** With the page's own id of what it sent, so that its unsent copy gives way to the entry. */
function toWire(entry: TranscriptEntry, labelOf: (value: string) => string): WireEntry {
  const { channelMessageId } = entry;
  return {
    ...showEntry(entry, labelOf),
    ...(channelMessageId === undefined ? {} : { id: channelMessageId }),
  };
}

function parseFrame(data: string): ClientFrame | null {
  try {
    const parsed = ClientFrame.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

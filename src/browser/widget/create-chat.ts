import type { ClientFrame, ServerFrame } from "../../wire/chat.ts";
import type { Keep } from "../kit/keep.ts";
import type { Locale } from "../kit/locale.ts";
import { randomId } from "../kit/random-id.ts";
import { splitText } from "../kit/split-text.ts";
import type { Watchable } from "../kit/use-store.ts";
import { createChatLine } from "./chat-line.ts";
import type { Connect } from "./connection.ts";
import { type ChatEvent, type ChatState, lastSeqOf, learn, NOTHING_YET, type Unsent } from "./chat-state.ts";
import { openSocket } from "./open-socket.ts";
import { keepUnsent, readUnsent } from "./unsent-store.ts";

export interface Chat extends Watchable<ChatState> {
  say(text: string): void;
  choose(button: { readonly label: string; readonly value: string }): void;
  /** The person is writing: a counsellor is told, and the bot waits a moment with its answer. */
  typing(): void;
  /** Whoever holds the key holds the talk; null before the first message. */
  readonly key: string | null;
  /** Takes up a talk of another tab, when this one holds none. */
  resume(key: string): void;
  /** Forgets everything in this tab, at once. */
  wipe(): void;
}

const KEY = "key";
const ACCEPT_WITHIN_MS = 12_000;
const RETRY_MS = 2500;
const TYPING_SHOWN_MS = 6000;
const TYPING_EVERY_MS = 1000;
const BOT_SILENT_MS = 25_000;
const CHECK_EVERY_MS = 30_000;

/** The whole talk of one tab. Nothing is stored and nobody is called before the first message. */
export function createChat(deps: {
  readonly keep: Keep;
  readonly locale: () => Locale;
  readonly poll: () => Connect | null;
}): Chat {
  const { keep } = deps;
  const listeners = new Set<() => void>();
  const timers: Partial<Record<"accept" | "retry" | "typing" | "bot", ReturnType<typeof setTimeout>>> = {};
  let key = keep.read(KEY);
  let state: ChatState = { ...NOTHING_YET, unsent: key === null ? [] : readUnsent(keep) };
  let inFlight: string | null = null;
  let toldTypingAt = 0;
  let isOver = false;

  const line = createChatLine({
    socket: openSocket,
    poll: deps.poll,
    hello: (): ClientFrame => ({
      t: "hello",
      v: 1,
      key: key ?? "",
      after: lastSeqOf(state),
      locale: deps.locale(),
    }),
    onFrame: hear,
    onStatus(status) {
      if (status !== "open") recall();
      change({ kind: "line", line: status });
      if (status === "open") sendNext();
    },
  });

  function change(event: ChatEvent): void {
    if (isOver) return;
    const before = state.unsent;
    state = learn(state, event);
    if (state.unsent !== before) keepUnsent(keep, state.unsent);
    for (const listener of listeners) listener();
  }

  function hear(frame: ServerFrame): void {
    change({ kind: "frame", frame });
    if (frame.t === "accepted" && frame.id === inFlight) settle();
    if (frame.t === "problem" && frame.id !== undefined) trouble(frame.code, frame.id);
    if (frame.t === "typing") after("typing", TYPING_SHOWN_MS, () => change({ kind: "counsellor-still" }));
    if (frame.t === "entries") waitForBot();
  }

  function trouble(code: Extract<ServerFrame, { t: "problem" }>["code"], id: string): void {
    const isFinal = code === "bad-frame" || code === "too-long";
    change({ kind: "fate", id, fate: isFinal ? "refused" : "kept" });
    if (id !== inFlight) return;
    if (isFinal) return settle();
    clearTimeout(timers.accept);
    inFlight = null;
    after("retry", RETRY_MS, sendNext);
  }

  /** One at a time, in order: a message never overtakes an earlier one that had to be sent again. */
  function sendNext(): void {
    if (inFlight !== null) return;
    const next = state.unsent.find(({ fate }) => fate === "sending" || fate === "kept");
    if (next === undefined) return;
    const { id, text, value } = next;
    if (!line.send(value === undefined ? { t: "say", id, text } : { t: "choose", id, value })) return;
    inFlight = id;
    if (next.fate !== "sending") change({ kind: "fate", id, fate: "sending" });
    after("accept", ACCEPT_WITHIN_MS, () => line.restart());
  }

  function settle(): void {
    clearTimeout(timers.accept);
    inFlight = null;
    sendNext();
  }

  /** The line went: what was on its way is kept and goes again with the same id. */
  function recall(): void {
    clearTimeout(timers.accept);
    clearTimeout(timers.retry);
    inFlight = null;
    for (const { id, fate } of state.unsent)
      if (fate === "sending") change({ kind: "fate", id, fate: "kept" });
  }

  function waitForBot(): void {
    after("bot", BOT_SILENT_MS, () => change({ kind: "bot-silent" }));
  }

  function after(name: keyof typeof timers, ms: number, then: () => void): void {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(then, ms);
  }

  function queue(messages: readonly Unsent[]): void {
    if (messages.length === 0 || isOver) return;
    if (key === null) adopt(randomId());
    toldTypingAt = 0;
    change({ kind: "queued", messages });
    waitForBot();
    line.start();
    sendNext();
  }

  function adopt(given: string): void {
    key = given;
    keep.write(KEY, given);
  }

  if (key !== null) line.start();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) line.check();
  });
  setInterval(() => {
    const isAwaited = state.mode === "waiting" || state.mode === "live";
    if (isAwaited && state.line === "open" && !document.hidden) line.check();
  }, CHECK_EVERY_MS);

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    say: (text) => queue(splitText(text).map((part) => ({ id: randomId(12), text: part, fate: "sending" }))),
    get key() {
      return key;
    },
    resume(given) {
      if (key !== null) return;
      adopt(given);
      line.start();
    },
    choose: ({ label, value }) => queue([{ id: randomId(12), text: label, value, fate: "sending" }]),
    typing() {
      if (Date.now() - toldTypingAt > TYPING_EVERY_MS && line.send({ t: "typing" }))
        toldTypingAt = Date.now();
    },
    wipe() {
      isOver = true;
      line.stop();
      keep.clear();
      for (const timer of Object.values(timers)) clearTimeout(timer);
    },
  };
}

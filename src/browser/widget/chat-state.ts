import type { ChatMode, ServerFrame, WireEntry } from "../../wire/chat.ts";
import type { Locale } from "../kit/locale.ts";
import type { LineStatus } from "./chat-line.ts";

/** A message of this page that is not in the transcript yet. Its id stays the same however often it is sent. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  /** The value of the button that was tapped; absent for typed words. */
  readonly value?: string;
  /** `sent`: durable on the server, its entry is on the way. `refused`: will never be taken. */
  readonly fate: "sending" | "kept" | "sent" | "refused";
}

export interface ChatState {
  readonly entries: readonly WireEntry[];
  readonly unsent: readonly Unsent[];
  readonly mode: ChatMode;
  /** Language the conversation is held in, once the server has said it. */
  readonly spoken: Locale | null;
  readonly line: LineStatus;
  readonly counsellorTyping: boolean;
  /** The counsellor has had everything up to this number on the screen. */
  readonly seenSeq: number;
  /** False once the bot has been silent for so long that dots would be a lie. */
  readonly hopeful: boolean;
}

export type ChatEvent =
  | { readonly kind: "frame"; readonly frame: ServerFrame }
  | { readonly kind: "line"; readonly line: LineStatus }
  | { readonly kind: "queued"; readonly messages: readonly Unsent[] }
  | { readonly kind: "fate"; readonly id: string; readonly fate: Unsent["fate"] }
  | { readonly kind: "counsellor-still" }
  | { readonly kind: "bot-silent" };

export const NOTHING_YET: ChatState = {
  entries: [],
  unsent: [],
  mode: "bot",
  spoken: null,
  line: "idle",
  counsellorTyping: false,
  seenSeq: 0,
  hopeful: true,
};

/** Pure: what the page knows after one event. */
export function learn(state: ChatState, event: ChatEvent): ChatState {
  switch (event.kind) {
    case "frame":
      return hear(state, event.frame);
    case "line":
      return {
        ...state,
        line: event.line,
        counsellorTyping: event.line === "open" && state.counsellorTyping,
      };
    case "queued":
      return { ...state, unsent: [...state.unsent, ...event.messages], hopeful: true };
    case "fate":
      return { ...state, unsent: withFate(state.unsent, event.id, event.fate) };
    case "counsellor-still":
      return { ...state, counsellorTyping: false };
    case "bot-silent":
      return { ...state, hopeful: false };
    default:
      return state;
  }
}

function hear(state: ChatState, frame: ServerFrame): ChatState {
  switch (frame.t) {
    case "welcome":
    case "state":
      return { ...state, mode: frame.mode, spoken: frame.locale };
    case "entries":
      return takeIn(state, frame.entries);
    case "accepted":
      return { ...state, unsent: withFate(state.unsent, frame.id, "sent") };
    case "typing":
      return frame.from === "counsellor" ? { ...state, counsellorTyping: true } : state;
    case "seen":
      return { ...state, seenSeq: frame.seq };
    case "erased":
      // What the server had taken is gone with the rest; what it never had is still to be said.
      return { ...state, entries: [], unsent: state.unsent.filter(({ fate }) => fate !== "sent") };
    case "problem":
    default:
      return state;
  }
}

/** Each number once, in order; a copy of our own gives way to the entry that the server keeps. */
function takeIn(state: ChatState, incoming: readonly WireEntry[]): ChatState {
  const known = new Set(state.entries.map(({ seq }) => seq));
  const fresh = incoming.filter(({ seq }) => !known.has(seq));
  if (fresh.length === 0) return state;
  const own = new Set(fresh.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return {
    ...state,
    entries: [...state.entries, ...fresh].sort((a, b) => a.seq - b.seq),
    unsent: state.unsent.filter(({ id }) => !own.has(id)),
    counsellorTyping: state.counsellorTyping && !fresh.some(({ from }) => from === "counsellor"),
    hopeful: true,
  };
}

function withFate(unsent: readonly Unsent[], id: string, fate: Unsent["fate"]): Unsent[] {
  return unsent.map((message) => (message.id === id ? { ...message, fate } : message));
}

export function lastSeqOf(state: ChatState): number {
  return state.entries.at(-1)?.seq ?? 0;
}

/** True from the moment of sending until the bot has spoken. In a live talk only people speak. */
export function awaitsBot(state: ChatState): boolean {
  if (state.mode === "live" || state.line !== "open" || !state.hopeful) return false;
  return state.unsent.some(({ fate }) => fate !== "refused") || state.entries.at(-1)?.from === "person";
}

/** The first number whose buttons may still be tapped: those said since the person last spoke. */
export function firstOpenSeq(state: ChatState): number {
  if (state.mode === "live" || state.unsent.length > 0) return Number.POSITIVE_INFINITY;
  const last = [...state.entries].reverse().find(({ from }) => from !== "bot");
  return (last?.seq ?? 0) + 1;
}

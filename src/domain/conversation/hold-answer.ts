import type { Conversation } from "./conversation.ts";
import type { InboundMessage, TranscriptEntry } from "./message.ts";
import type { Outcome } from "./outcome.ts";

// "em", "bị", "tụi nó chửi": longer than this is a thought of its own, and is answered at once.
const LONGEST_PIECE = 60;
// Somebody who writes on and on is answered in between; also what `recent` can hold of them.
const MOST_PIECES = 4;

/**
 * True when this message may be answered together with the next one: a short piece of text whose turn would do nothing
 * but speak, in a talk with the bot that has shown no risk at all. Once it has, every message is answered at once, with
 * the number and the offer that belong to it; so is one that opens a case or moves within a flow.
 */
export function mayHold(before: Conversation, message: InboundMessage, outcome: Outcome): boolean {
  const { conversation: after, entries, handoff, audit, erase } = outcome;
  const isMereTalk = handoff === null && audit.length === 0 && !erase;
  // Held risk only rises, so this says the same of the talk before.
  const isCalm = after.risk.level === "none" && after.mode.kind === "bot" && !isAlarming(entries);
  const isChoosing = after.localeChosen !== before.localeChosen || movesWithinFlow(before, after);
  return isPiece(message) && before.unanswered < MOST_PIECES && isMereTalk && isCalm && !isChoosing;
}

/**
 * The same turn without its answer: heard, weighed and written down, to be answered with the next message. Only for a
 * message behind which another one waits durably, so that an answer always comes.
 */
export function holdAnswer(before: Conversation, { conversation, entries }: Outcome): Outcome {
  const heard = entries.filter(({ from }) => from === "person");
  return {
    conversation: {
      ...before,
      revision: before.revision + 1,
      lastSeq: before.lastSeq + heard.length,
      lastTurnAt: conversation.lastTurnAt,
      locale: conversation.locale,
      audience: conversation.audience,
      risk: conversation.risk,
      recent: conversation.recent,
      unanswered: before.unanswered + 1,
    },
    entries: heard,
    handoff: null,
    audit: [],
    erase: false,
  };
}

/**
 * The ways to read a message with the unanswered ones before it, best first: all as one text, the message alone, each
 * earlier one from the newest. The first that is understood counts, so that no understood piece goes without its answer.
 */
export function readingsOf({ recent, unanswered }: Conversation, { content }: InboundMessage): string[] {
  if (content.kind !== "text") return [];
  const pieces = unanswered === 0 ? [] : recent.slice(-unanswered).map(({ text }) => text);
  return [[...pieces, content.text].join(" "), content.text, ...pieces.reverse()];
}

function isPiece({ channel, content }: InboundMessage): boolean {
  if (channel !== "web" || content.kind !== "text") return false;
  const text = content.text.trim();
  // Who ends a sentence or asks has said what they wanted to say.
  return text.length <= LONGEST_PIECE && !/[.!?]$/.test(text) && !text.includes("\n");
}

function isAlarming(entries: readonly TranscriptEntry[]): boolean {
  return entries.some(({ speech }) => speech?.tone === "emergency");
}

/** "Có", "2": the answer to what was asked, not a piece of a story. */
function movesWithinFlow({ cursor: from }: Conversation, { cursor: to }: Conversation): boolean {
  return from !== null && to !== null && from.flow === to.flow && from.step !== to.step;
}

import type { Conversation } from "../conversation/conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import { groupOf, type IntentId } from "../taxonomy/intent.ts";
import { isAtLeast } from "../taxonomy/risk.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { startOf } from "./advance.ts";
import { type Choice, parseChoice } from "./choice.ts";
import { type Flow, type FlowAct, isSpoken, type SpokenStep } from "./flow.ts";
import type { FlowBook } from "./flow-book.ts";
import { pickAnswer } from "./pick-answer.ts";
import { pickTypedButton } from "./pick-typed-button.ts";
import { readNavigation } from "./read-navigation.ts";
import type { FlowCursor } from "./walk.ts";

/** What to answer, before it is put into words. */
export type Decision =
  /** `isBack`: to where they were before, so that "back" again goes further back. `asCard`: to keep as a picture. */
  | { readonly kind: "go"; readonly to: FlowCursor; readonly isBack?: true; readonly asCard?: true }
  | { readonly kind: "act"; readonly act: FlowAct }
  /** Ask which of these was meant. */
  | { readonly kind: "clarify"; readonly intents: readonly IntentId[] }
  /** The open question stands: `heard` when they told more of the same matter, else nothing was made of it. */
  | { readonly kind: "again"; readonly at: FlowCursor; readonly heard: boolean }
  /** They leave a guide and may take it up again. */
  | { readonly kind: "left"; readonly at: FlowCursor }
  | { readonly kind: "media" }
  /** Nothing can be made of it: a button of content that is gone, or understanding is down. */
  | { readonly kind: "lost" };

// Below this a guess is not worth a button.
const MIN_GUESS = 0.12;
const MAX_GUESSES = 3;

/** Intents that answer a message of this danger themselves; for any other the category's own flow answers. */
const ANSWERS_SUICIDE = new Set<IntentId>(["suicidal_thoughts", "self_harm", "friend_at_risk"]);

export function decide(book: FlowBook, conversation: Conversation, turn: Turn): Decision {
  const { content } = turn.message;
  if (content.kind === "unsupported") return { kind: "media" };
  if (content.kind === "choice") {
    const choice = parseChoice(content.value);
    return choice === null ? { kind: "lost" } : decideChoice(book, conversation, choice);
  }
  const choice = pickTypedButton(conversation, turn);
  if (choice !== null) return decideChoice(book, conversation, choice);
  const place = placeOf(book, conversation);
  if (place === null) return decideText(book, turn);
  return decideInside(book, conversation, { place, turn, text: content.text });
}

function decideChoice(book: FlowBook, conversation: Conversation, choice: Choice): Decision {
  if (choice.kind === "act") return navigate(book, conversation, choice.act) ?? choice;
  const flow = book.flows.get(choice.flow);
  if (flow === undefined) return { kind: "lost" };
  if (choice.kind === "flow") return { kind: "go", to: { flow: flow.flow, step: flow.tapped ?? flow.start } };
  const to = { flow: flow.flow, step: choice.step };
  return choice.kind === "card" ? { kind: "go", to, asCard: true } : { kind: "go", to };
}

function navigate(book: FlowBook, conversation: Conversation, act: FlowAct): Decision | null {
  const { cursor, walk } = conversation;
  const menu = goTo(book, "help_menu");
  if (act === "go-back") {
    const last = walk.trail.at(-1);
    return last === undefined ? menu : { kind: "go", to: last, isBack: true };
  }
  if (act === "start-over") {
    const flow = book.flows.get((walk.paused ?? cursor)?.flow ?? "");
    return flow === undefined ? menu : { kind: "go", to: startOf(flow) };
  }
  if (act === "leave-guide") return cursor === null ? menu : { kind: "left", at: cursor };
  return null;
}

interface Place {
  readonly at: FlowCursor;
  readonly flow: Flow;
  readonly step: SpokenStep;
}

/** The step at which the person was last spoken to, if the content still has it. */
function placeOf(book: FlowBook, { cursor }: Conversation): Place | null {
  const flow = cursor === null ? undefined : book.flows.get(cursor.flow);
  const step = cursor === null ? undefined : flow?.steps[cursor.step];
  if (cursor === null || flow === undefined || step === undefined || !isSpoken(step)) return null;
  return { at: cursor, flow, step };
}

/** Typed while a step stands open. Danger is answered first; then a wish to move, an answer, or something else. */
function decideInside(
  book: FlowBook,
  conversation: Conversation,
  { place, turn, text }: { place: Place; turn: Turn; text: string },
): Decision {
  const { step, flow, at } = place;
  if (turn.assessment.level === "none") {
    const wish = readNavigation(text);
    const moved = wish === null ? null : navigate(book, conversation, wish);
    if (moved !== null) return moved;
  }
  if ("ask" in step && !isAtLeast(turn.assessment.level, "urgent")) {
    const answer = pickAnswer(step, text);
    if (answer !== null) return { kind: "go", to: { flow: at.flow, step: answer.go } };
  }
  const decision = decideText(book, turn);
  if (flow.guide === undefined) return decision;
  const onward = wordToGoOn(step, turn);
  if (onward !== null) return { kind: "go", to: { flow: at.flow, step: onward } };
  if (decision.kind === "clarify" || isNothing(decision)) return { kind: "again", at, heard: false };
  const isSame = decision.kind === "go" && decision.to.flow === flow.guide;
  return isSame ? { kind: "again", at, heard: true } : decision;
}

/** "Vâng", "ok" at a step with one way on means that way. */
function wordToGoOn(step: SpokenStep, { understanding, assessment }: Turn): string | null {
  if ("ask" in step || understanding.intent !== "affirm" || understanding.kind !== "understood") return null;
  const ways = step.buttons.flatMap((button) => ("go" in button ? [button.go] : []));
  return ways.length === 1 && assessment.level === "none" ? (ways[0] ?? null) : null;
}

// A bare yes or no, too, says nothing where no question is open that it answers.
const SAYS_NOTHING = new Set(["out_of_scope", "affirm", "deny"]);

function isNothing(decision: Decision): boolean {
  return decision.kind === "go" && SAYS_NOTHING.has(decision.to.flow);
}

function decideText(book: FlowBook, turn: Turn): Decision {
  const { understanding, assessment } = turn;
  const answering = answerFor(understanding.intent, assessment, book);
  if (understanding.reason === "nlu-down" && answering === understanding.intent) return { kind: "lost" };
  if (answering !== understanding.intent || understanding.kind === "understood") return goTo(book, answering);
  const guesses = understanding.alternatives
    .filter((guess) => guess.intent !== "out_of_scope" && guess.confidence >= MIN_GUESS)
    .slice(0, MAX_GUESSES)
    .map((guess) => guess.intent);
  return guesses.length > 0 && understanding.reason === "low-confidence"
    ? { kind: "clarify", intents: guesses }
    : goTo(book, "out_of_scope");
}

/**
 * Danger outranks topic: when the message is risky and the intent found would not speak to that risk,
 * the flow of the risk category answers instead.
 */
function answerFor(intent: IntentId, risk: RiskAssessment, book: FlowBook): string {
  if (risk.level === "none" || risk.category === "none") return intent;
  const own = book.safety[risk.category].urgentFlow;
  const group = groupOf(intent);
  if (risk.category === "suicide_self_harm") return ANSWERS_SUICIDE.has(intent) ? intent : own;
  if (group === "harm" || group === "wellbeing" || intent === "talk_to_human") return intent;
  if (isAtLeast(risk.level, "urgent")) return own;
  return group === "talk" ? own : intent;
}

function goTo(book: FlowBook, name: string): Decision {
  const flow = book.flows.get(name) ?? book.flows.get("help_menu");
  return flow === undefined ? { kind: "lost" } : { kind: "go", to: startOf(flow) };
}

import type { Conversation, FlowCursor } from "../conversation/conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import { groupOf, type IntentId } from "../taxonomy/intent.ts";
import { isAtLeast } from "../taxonomy/risk.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { startOf } from "./advance.ts";
import { type Choice, parseChoice } from "./choice.ts";
import type { FlowAct } from "./flow.ts";
import type { FlowBook } from "./flow-book.ts";
import { pickTypedButton } from "./pick-typed-button.ts";

/** What to answer, before it is put into words. */
export type Decision =
  | { readonly kind: "go"; readonly to: FlowCursor }
  | { readonly kind: "act"; readonly act: FlowAct }
  /** Ask which of these was meant. */
  | { readonly kind: "clarify"; readonly intents: readonly IntentId[] }
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
  const choice = content.kind === "choice" ? parseChoice(content.value) : pickTypedButton(conversation, turn);
  if (choice !== null) return decideChoice(book, choice);
  if (content.kind === "choice") return { kind: "lost" };
  return decideText(book, turn);
}

function decideChoice(book: FlowBook, choice: Choice): Decision {
  if (choice.kind === "act") return { kind: "act", act: choice.act };
  const flow = book.flows.get(choice.flow);
  if (flow === undefined) return { kind: "lost" };
  return {
    kind: "go",
    to: { flow: flow.flow, step: choice.kind === "step" ? choice.step : (flow.tapped ?? flow.start) },
  };
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

import type { Locale } from "../taxonomy/speaker.ts";
import { encodeChoice, parseChoice } from "./choice.ts";
import { type Answer, type FlowButton, isSpoken, type SpokenStep } from "./flow.ts";
import type { FlowBook, LabelName } from "./flow-book.ts";

const ACT_LABEL: Readonly<Record<string, LabelName>> = {
  [encodeChoice({ kind: "act", act: "go-back" })]: "back",
  [encodeChoice({ kind: "act", act: "start-over" })]: "start_over",
  [encodeChoice({ kind: "act", act: "leave-guide" })]: "leave",
  [encodeChoice({ kind: "act", act: "request-counsellor" })]: "human",
  [encodeChoice({ kind: "act", act: "decline-counsellor" })]: "decline",
};

/** The words of the button that carried this value, for transcripts; the value itself when the content has changed since. */
export function labelOfChoice(book: FlowBook, value: string, locale: Locale): string {
  const own = ACT_LABEL[value];
  if (own !== undefined) return book.labels[own][locale];
  const choice = parseChoice(value);
  if (choice === null) return "…";
  if (choice.kind === "card") return book.labels.keep_card[locale];
  if (choice.kind === "flow") return book.flows.get(choice.flow)?.title[locale] ?? "…";
  const flows = choice.kind === "step" ? [book.flows.get(choice.flow)] : [...book.flows.values()];
  for (const flow of flows) {
    for (const step of Object.values(flow?.steps ?? {})) {
      const button = isSpoken(step) ? optionsOf(step).find((each) => isFor(each, choice)) : undefined;
      if (button !== undefined) return button[locale];
    }
  }
  return "…";
}

function optionsOf(step: SpokenStep): (FlowButton | Answer)[] {
  return "ask" in step ? [...step.answers, ...step.buttons] : step.buttons;
}

function isFor(button: FlowButton | Answer, choice: NonNullable<ReturnType<typeof parseChoice>>): boolean {
  if (choice.kind === "step") return "go" in button && button.go === choice.step;
  return choice.kind === "act" && "act" in button && button.act === choice.act;
}

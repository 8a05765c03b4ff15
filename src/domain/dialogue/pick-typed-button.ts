import type { Conversation } from "../conversation/conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import { type Choice, encodeChoice, parseChoice } from "./choice.ts";

const YES = encodeChoice({ kind: "act", act: "request-counsellor" });
const NO = encodeChoice({ kind: "act", act: "decline-counsellor" });

/** Reads "2", the words on a button, or a plain yes / no as the button that was meant; otherwise null. */
export function pickTypedButton(conversation: Conversation, turn: Turn): Choice | null {
  const { content } = turn.message;
  const { openButtons } = conversation;
  // A message that carries danger is read as what it says, never as a tap.
  if (content.kind !== "text" || openButtons.length === 0 || turn.assessment.level !== "none") return null;
  const typed = plain(content.text);
  const numbered = /^[1-9]$/.test(typed) ? openButtons[Number(typed) - 1] : undefined;
  const named = openButtons.find((button) => plain(button.label) === typed);
  const meant = numbered ?? named ?? yesOrNo(conversation, turn);
  return meant === undefined ? null : parseChoice(meant.value);
}

function yesOrNo(conversation: Conversation, turn: Turn): Conversation["openButtons"][number] | undefined {
  const { intent, kind } = turn.understanding;
  if (kind !== "understood") return undefined;
  if (intent === "affirm") return conversation.openButtons.find((button) => button.value === YES);
  if (intent === "deny") return conversation.openButtons.find((button) => button.value === NO);
  return undefined;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

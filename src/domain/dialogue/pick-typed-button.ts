import type { Conversation } from "../conversation/conversation.ts";
import type { Turn } from "../conversation/turn.ts";
import { type Choice, parseChoice } from "./choice.ts";
import { plainWords } from "./plain-words.ts";

/** Reads "2", the words on a button, or a yes / no to the offer of a counsellor as what was meant; otherwise null. */
export function pickTypedButton(conversation: Conversation, turn: Turn): Choice | null {
  const { content } = turn.message;
  const { openButtons } = conversation;
  // A message that carries danger is read as what it says, never as a tap.
  if (content.kind !== "text" || openButtons.length === 0 || turn.assessment.level !== "none") return null;
  const typed = plainWords(content.text);
  const numbered = /^[1-9]$/.test(typed) ? openButtons[Number(typed) - 1] : undefined;
  const named = openButtons.find((button) => plainWords(button.label) === typed);
  const meant = numbered ?? named;
  return meant === undefined ? yesOrNo(conversation, turn) : parseChoice(meant.value);
}

/** "không" to "are you safe?" must never send a counsellor away: a bare no counts only right after the offer itself. */
function yesOrNo({ isCounsellorOffered }: Conversation, { understanding }: Turn): Choice | null {
  if (!isCounsellorOffered || understanding.kind !== "understood") return null;
  if (understanding.intent === "affirm") return { kind: "act", act: "request-counsellor" };
  return understanding.intent === "deny" ? { kind: "act", act: "decline-counsellor" } : null;
}

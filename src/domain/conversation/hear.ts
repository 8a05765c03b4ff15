import type { RiskAssessment } from "../triage/assessment.ts";
import { raiseRisk } from "../triage/raise-risk.ts";
import { remember } from "../triage/together.ts";
import type { Conversation } from "./conversation.ts";
import type { Turn } from "./turn.ts";

// "ok" or "hi" says nothing about the language of a person who wrote Vietnamese before.
const MIN_LETTERS_TO_SWITCH = 6;

/** Takes in what the message tells about the person: language, audience, risk. Reopens a closed conversation. */
export function hear(before: Conversation, turn: Turn): Conversation {
  return {
    ...before,
    ...hearAddress(before, turn),
    lastTurnAt: Math.max(before.lastTurnAt, turn.now),
    locale: hearLocale(before, turn),
    audience: turn.understanding.audience === "unknown" ? before.audience : turn.understanding.audience,
    mode: before.mode.kind === "closed" ? { kind: "bot" } : before.mode,
    risk: hearRisk(before, turn.assessment),
    recent: hearText(before, turn),
  };
}

/** Where to answer is told by every message; state that had to be mended may have lost it. */
function hearAddress({ address }: Conversation, { message }: Turn): { address?: string } {
  return address === undefined && message.address !== undefined ? { address: message.address } : {};
}

function hearText({ recent }: Conversation, { message, now }: Turn): Conversation["recent"] {
  const { content } = message;
  return content.kind === "text" ? remember(recent, content.text, now) : recent;
}

function hearLocale(before: Conversation, turn: Turn): Conversation["locale"] {
  const { content } = turn.message;
  if (before.localeChosen || content.kind !== "text") return before.locale;
  const letters = content.text.replace(/[^\p{L}]/gu, "").length;
  const isFirst = before.lastSeq === 0;
  return letters >= MIN_LETTERS_TO_SWITCH || isFirst ? turn.understanding.locale : before.locale;
}

function hearRisk(before: Conversation, fresh: RiskAssessment): RiskAssessment {
  return fresh.level === "none" && fresh.signals.length === 0 ? before.risk : raiseRisk(before.risk, fresh);
}

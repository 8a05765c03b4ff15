import type { Conversation } from "../conversation/conversation.ts";
import { isAtLeast, type RiskLevel } from "../taxonomy/risk.ts";

/** What follows from the risk of the newest message. The one place that says so (ADR 2). */
export interface RiskResponse {
  /** The first thing said is the number to call now, and no long answer follows. */
  readonly emergencyCard: boolean;
  /** The case goes to the queue now. */
  readonly handoff: boolean;
  /** A counsellor is offered with a button, and the person decides. */
  readonly offer: boolean;
  /** 111 must be visible in what is said. */
  readonly showHelpline: boolean;
}

const NOTHING: RiskResponse = { emergencyCard: false, handoff: false, offer: false, showHelpline: false };

type PolicyRow = { readonly free: RiskResponse; readonly declined: RiskResponse };

/** By level of the newest message; `declined` when the person has said no to a counsellor at that level or above. */
const POLICY: Readonly<Record<RiskLevel, PolicyRow>> = {
  none: { free: NOTHING, declined: NOTHING },
  concern: {
    free: { emergencyCard: false, handoff: false, offer: true, showHelpline: true },
    declined: { emergencyCard: false, handoff: false, offer: false, showHelpline: true },
  },
  urgent: {
    free: { emergencyCard: false, handoff: true, offer: false, showHelpline: true },
    declined: { emergencyCard: false, handoff: false, offer: true, showHelpline: true },
  },
  emergency: {
    free: { emergencyCard: true, handoff: true, offer: false, showHelpline: true },
    declined: { emergencyCard: true, handoff: false, offer: true, showHelpline: true },
  },
};

export function respondToRisk(conversation: Conversation, fresh: RiskLevel): RiskResponse {
  const { declinedAt } = conversation;
  const row = POLICY[fresh];
  const response = declinedAt !== null && isAtLeast(declinedAt, fresh) ? row.declined : row.free;
  // With a case already open there is nobody to ask for and nothing to offer; the case itself is raised.
  return conversation.mode.kind === "bot" ? response : { ...response, handoff: false, offer: false };
}

import type { Handoff } from "../handoff/handoff.ts";
import type { HandoffId } from "../kernel/ids.ts";
import type { Outlook } from "../staffing/outlook.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { InboundMessage } from "./message.ts";

/** One inbound message and everything that was found out about it before anything is decided. */
export interface Turn {
  readonly message: InboundMessage;
  readonly understanding: Understanding;
  readonly assessment: RiskAssessment;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The case this conversation is in, when it is waiting or live. */
  readonly openHandoff: Handoff | null;
  readonly outlook: Outlook;
  /** Used only if this turn opens a case. */
  readonly newHandoffId: HandoffId;
}

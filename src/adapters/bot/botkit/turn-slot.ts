import type { TurnContext } from "botbuilder-core";
import type { BotkitMessage } from "botkit";
import type { TurnRequest } from "../../../app/turn-shell.ts";
import type { Speech } from "../../../domain/conversation/message.ts";
import type { Outcome } from "../../../domain/conversation/outcome.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import type { RiskAssessment } from "../../../domain/triage/assessment.ts";
import type { Understanding } from "../../../domain/understanding/understanding.ts";

/** What one turn gathers on its way through Botkit's stations. */
export interface TurnSlot {
  readonly request: TurnRequest;
  utterance: Utterance | null;
  understanding: Understanding | null;
  assessment: RiskAssessment | null;
  isInterrupt: boolean;
  outcome: Outcome | null;
  failure: { readonly cause: unknown } | null;
  /** Speeches that passed the send middleware, in order. */
  readonly sent: Speech[];
}

const SLOT = Symbol("turn");

export function openSlot(request: TurnRequest): TurnSlot {
  return {
    request,
    utterance: null,
    understanding: null,
    assessment: null,
    isInterrupt: false,
    outcome: null,
    failure: null,
    sent: [],
  };
}

export function keepSlot(context: TurnContext, slot: TurnSlot): void {
  context.turnState.set(SLOT, slot);
}

export function slotIn(context: TurnContext): TurnSlot {
  return context.turnState.get<TurnSlot>(SLOT);
}

/** Botkit hands every handler its message; the turn's own data hang on the message's context. */
export function slotOf(message: BotkitMessage): TurnSlot {
  return slotIn(message["context"] as TurnContext);
}

import type { InboundMessage } from "../domain/conversation/message.ts";
import { holdAnswer, mayHold } from "../domain/conversation/hold-answer.ts";
import type { ConversationId } from "../domain/kernel/ids.ts";
import { type InboundDeps, takeInbound } from "./handle-inbound.ts";
import type { CommitResult, NotYet, Stopper, WaitingLine } from "./ports.ts";

/** A pause of this length after the last sign of writing ends a burst. */
const QUIET_MS = 1200;
/** However long somebody types on, a message is answered after this. */
const LONGEST_HOLD_MS = 5000;
/** How soon a message that arrives behind a held one is looked at: it may be urgent. */
const LOOK_AGAIN_MS = 100;

const MOST_HELD = 10_000;

interface Held {
  readonly message: InboundMessage;
  readonly since: number;
  lastSignAt: number;
}

export interface PatientHandler extends Stopper {
  /** Like the plain handler, but says "not yet" to a short message while the person is still writing. */
  handle(message: InboundMessage, line: WaitingLine): Promise<CommitResult | NotYet>;
}

/**
 * Answers several short messages in a row once. Every message goes through its whole turn first, so danger in any of
 * them is answered at once; only then may a calm one wait. What waits stays in the inbox: a crash loses nothing, and
 * after it the wait is over.
 */
export function createPatientHandler(deps: InboundDeps): PatientHandler {
  const { clock } = deps;
  const held = new Map<ConversationId, Held>();
  const unsubscribe = deps.events.subscribe((event) => {
    if (event.kind !== "person-typing") return;
    const known = held.get(event.conversationId);
    if (known !== undefined) known.lastSignAt = clock.now();
  });

  /** Milliseconds that the message still waits; not positive when its time has come. */
  function waitFor({ since, lastSignAt }: Held): number {
    return Math.min(lastSignAt + QUIET_MS, since + LONGEST_HOLD_MS) - clock.now();
  }

  function hold(message: InboundMessage): Held {
    const known = held.get(message.conversationId);
    if (known?.message.channelMessageId === message.channelMessageId) return known;
    // By the clock of this process: that of another one may go ahead.
    const since = Math.min(message.receivedAt, clock.now());
    // What another process took over is never answered here.
    if (held.size >= MOST_HELD) held.clear();
    const fresh = { message, since, lastSignAt: since };
    held.set(message.conversationId, fresh);
    return fresh;
  }

  return {
    async handle(message, line) {
      const known = held.get(message.conversationId);
      const isKnown = known?.message.channelMessageId === message.channelMessageId;
      if (isKnown && line.next() === null && waitFor(known) > 0) return { afterMs: LOOK_AGAIN_MS };
      const result = await takeInbound(deps, message, (before, outcome) => {
        if (!mayHold(before, message, outcome)) return outcome;
        const next = line.next();
        if (next !== null) return next.content.kind === "text" ? holdAnswer(before, outcome) : outcome;
        return waitFor(hold(message)) > 0 ? null : outcome;
      });
      if (result === null) return { afterMs: LOOK_AGAIN_MS };
      held.delete(message.conversationId);
      return result;
    },
    async stop() {
      unsubscribe();
    },
  };
}

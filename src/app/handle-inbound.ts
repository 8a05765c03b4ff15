import { type Conversation, openConversation } from "../domain/conversation/conversation.ts";
import { concludeFailedTurn } from "../domain/conversation/failed-turn.ts";
import type { InboundMessage } from "../domain/conversation/message.ts";
import type { Outcome } from "../domain/conversation/outcome.ts";
import { HandoffId } from "../domain/kernel/ids.ts";
import type { RiskAssessment } from "../domain/triage/assessment.ts";
import { AppError } from "./errors.ts";
import type { Clock, CommitResult, ContentSource, EventBus, Ids, Logger, Metrics, Store } from "./ports.ts";
import { publishOutcome } from "./publish-outcome.ts";
import type { ReviewSample } from "./review-sample.ts";
import type { WaitingOutlook } from "./waiting-outlook.ts";
import type { TurnRequest, TurnShell } from "./turn-shell.ts";

export interface InboundDeps {
  readonly store: Store;
  readonly shell: TurnShell;
  readonly content: ContentSource;
  /** Rules alone, for when a turn failed; null when even they cannot read the message. */
  readonly assessByRules: (message: InboundMessage) => RiskAssessment | null;
  /** What can be said to whoever is put in the queue; never rejects. */
  readonly outlook: Pick<WaitingOutlook, "now">;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Where talks are drawn to be read again; nowhere in a run of a command. */
  readonly sample?: Pick<ReviewSample, "offer">;
}

const MAX_STALE = 20;

/** Takes one message from the inbox through its turn to its commit. Rejects only when the store does. */
export function createInboundHandler(deps: InboundDeps): (message: InboundMessage) => Promise<CommitResult> {
  return (message) => takeInbound(deps, message, (_before, outcome) => outcome);
}

/** The same, with a last word on each outcome before it is committed; null leaves the message where it is. */
export async function takeInbound<Last extends Outcome | null>(
  deps: InboundDeps,
  message: InboundMessage,
  settle: (before: Conversation, outcome: Outcome) => Last,
): Promise<CommitResult | Extract<Last, null>> {
  const { store, metrics, clock } = deps;
  const startedAt = clock.now();
  // A counsellor may act at the same moment: then the turn is taken again on what they left.
  for (let attempt = 0; attempt < MAX_STALE; attempt++) {
    const before = (await store.load(message.conversationId)) ?? openConversation(message);
    const { mode } = before;
    const openHandoff =
      mode.kind === "waiting" || mode.kind === "live" ? await store.handoffs.get(mode.handoffId) : null;
    const outlook = await deps.outlook.now();
    const last: Outcome | null = settle(
      before,
      await decide(deps, { message, before, openHandoff, outlook }),
    );
    if (last === null) return null as Extract<Last, null>;
    const result = await store.commit(last, { kind: "inbound", message });
    if (result === "stale") continue;
    if (result === "committed") {
      publishOutcome(deps.events, last);
      void deps.sample?.offer(last);
    }
    // The store's answer to the first commit may have been lost, and with it the wake-up that follows.
    if (result === "duplicate") publishOutcome(deps.events, { conversation: before, handoff: openHandoff });
    metrics.count(result === "duplicate" ? "inbound_duplicates_total" : "turns_total", {
      channel: message.channel,
    });
    metrics.observe("turn_seconds", (clock.now() - startedAt) / 1000);
    return result;
  }
  throw new AppError("TURN_ALWAYS_STALE");
}

async function decide(deps: InboundDeps, request: TurnRequest): Promise<Outcome> {
  try {
    return await deps.shell.takeTurn(request);
  } catch (cause) {
    const { message, before } = request;
    deps.metrics.count("turns_failed_total");
    deps.log.error("turn-failed", { conversation: message.conversationId, cause });
    const assessment = safely(() => deps.assessByRules(message));
    return concludeFailedTurn(
      before,
      { message, now: deps.clock.now(), assessment, newHandoffId: HandoffId.parse(deps.ids.next()) },
      deps.content.current(),
    );
  }
}

function safely<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

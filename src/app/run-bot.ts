import type { ChannelName } from "../domain/conversation/message.ts";
import { createPatientHandler } from "./answer-once.ts";
import type { ChannelHealth } from "./channel-health.ts";
import type { InboundDeps } from "./handle-inbound.ts";
import type { ChannelDriver, OutboundMessage, SendResult, Stopper } from "./ports.ts";
import { noteUndelivered } from "./undelivered.ts";
import { measureQueues } from "./measure-queues.ts";

export interface BotDeps extends InboundDeps {
  readonly drivers: ReadonlyMap<ChannelName, ChannelDriver>;
  readonly health?: Pick<ChannelHealth, "heard" | "tried">;
}

const GAUGES_EVERY_MS = 5000;

/** Starts the turn worker and the outbox sender. Stopping waits for turns and deliveries under way. */
export function runBot(deps: BotDeps): Stopper {
  const handler = createPatientHandler(deps);
  const worker = deps.store.consume(async (message, line) => {
    deps.health?.heard(message.channel);
    const result = await handler.handle(message, line);
    return typeof result === "object" ? result : undefined;
  });
  const sender = deps.store.outbox.drain((message) => deliver(deps, message));
  const gauges = setInterval(() => void measureQueues(deps), GAUGES_EVERY_MS);
  return {
    async stop() {
      clearInterval(gauges);
      await worker.stop();
      await handler.stop();
      await sender.stop();
    },
  };
}

async function deliver(deps: BotDeps, message: OutboundMessage): Promise<SendResult> {
  const driver = deps.drivers.get(message.channel);
  const result: SendResult =
    driver === undefined ? { kind: "refused", code: "CHANNEL_OFF" } : await driver.send(message);
  deps.health?.tried(message.channel, result);
  const isBlocked = result.kind === "refused" && result.isBlocked === true;
  deps.metrics.count("outbound_total", {
    channel: message.channel,
    result: isBlocked ? "blocked" : result.kind,
  });
  if (result.kind === "refused") {
    deps.log.warn("outbound-refused", {
      conversation: message.conversationId,
      channel: message.channel,
      code: result.code,
    });
    // To tell a counsellor is worth a try; that it fails must not send the words once more.
    await noteUndelivered(deps.store.shelf, message.conversationId, message.entry.seq).catch(() => {});
    deps.events.publish({
      kind: "transcript",
      conversationId: message.conversationId,
      lastSeq: message.entry.seq,
    });
  }
  return result;
}

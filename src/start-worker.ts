import { join } from "node:path";
import type { Config } from "./config.ts";
import { createWebhookAlarm } from "./adapters/alarm/create-webhook-alarm.ts";
import { createBotkitShell } from "./adapters/bot/botkit/create-botkit-shell.ts";
import { loadCorpus } from "./adapters/content/load-corpus.ts";
import { loadNlu } from "./adapters/nlu/nlpjs/load-nlu.ts";
import { randomIds } from "./adapters/system/ids.ts";
import { sha256 } from "./adapters/system/sha256.ts";
import type { HandoffActs } from "./app/act-on-handoff.ts";
import { createRulesOnlyAssessment } from "./app/assess-by-rules.ts";
import { watchChannels } from "./app/channel-health.ts";
import { keepCasesInStep } from "./app/mend-cases.ts";
import type {
  ChannelDriver,
  Clock,
  ContentSource,
  EventBus,
  Logger,
  Metrics,
  Stopper,
  Store,
} from "./app/ports.ts";
import type { Presence } from "./app/presence.ts";
import type { WaitingOutlook } from "./app/waiting-outlook.ts";
import { keepOnlyFor } from "./app/retain.ts";
import { createReviewSample } from "./app/review-sample.ts";
import { runBot } from "./app/run-bot.ts";
import { keepDrills } from "./app/drills.ts";
import { keepAuditSealed } from "./app/seal-audit.ts";
import { watchCases } from "./app/watch-cases.ts";
import type { ChannelName } from "./domain/conversation/message.ts";
import { normalise } from "./domain/text/normalise.ts";
import { createTriage } from "./domain/triage/create-triage.ts";
import type { RuleBook } from "./domain/triage/rule-book.ts";

interface WorkerParts {
  readonly store: Store;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly content: ContentSource;
  readonly ruleBook: RuleBook;
  readonly drivers: ReadonlyMap<ChannelName, ChannelDriver>;
  readonly messengers: readonly (Stopper & { start(): void })[];
  readonly presence: Presence;
  readonly actOnHandoff: HandoffActs;
  readonly outlook: WaitingOutlook;
  /** Of the project. */
  readonly root: string;
}

/** What answers: turns, deliveries, polling, the watch over cases, and the clearing out of what is old. */
export async function startWorker(config: Config, parts: WorkerParts): Promise<Stopper> {
  const { store, events, clock, log, metrics, content, presence, actOnHandoff, messengers, root } = parts;
  const triage = createTriage(parts.ruleBook);
  const nlu = await loadNlu({
    intentsDir: join(root, "intents"),
    modelDir: config.MODEL_DIR ?? join(config.DATA_DIR, "models"),
    readCorpus: loadCorpus,
    onProgress: (line) => void process.stderr.write(line),
  });
  const health = watchChannels({
    ...{ channels: [...parts.drivers.keys()], shelf: store.shelf, clock, log, metrics },
    silentMs: config.CHANNEL_SILENT_HOURS * 3600 * 1000,
    onChange: () => events.publish({ kind: "queue" }),
  });
  const bot = runBot({
    health,
    outlook: parts.outlook,
    ...{ store, content, events, clock, log, metrics, drivers: parts.drivers },
    ids: randomIds,
    sample: createReviewSample({ shelf: store.shelf, clock, log }),
    shell: createBotkitShell({ normalise, nlu, triage, content, clock, ids: randomIds, metrics }),
    assessByRules: createRulesOnlyAssessment(triage),
  });
  for (const messenger of messengers) messenger.start();
  const watch = watchCases({
    ...{ store, presence, actOnHandoff, clock, log, metrics },
    alarms:
      config.ALARM_WEBHOOK_URL === undefined
        ? null
        : createWebhookAlarm(
            config.ALARM_WEBHOOK_URL,
            `${config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`}/console`,
          ),
    limits: { urgentMs: config.LEASE_URGENT_SECONDS * 1000, otherMs: config.LEASE_SECONDS * 1000 },
    ladder: {
      "second-channel": config.ALARM_AFTER_SECONDS * 1000,
      supervisor: config.ALARM_SUPERVISOR_AFTER_SECONDS * 1000,
    },
  });
  const mending = keepCasesInStep({ store, content, events, clock, log, metrics });
  const drills = keepDrills({
    ...{ store, presence, events, clock, ids: randomIds, log, metrics },
    everyMs: config.ALARM_DRILL_HOURS * 3600 * 1000,
  });
  const sealing = keepAuditSealed({ store, clock, ids: randomIds, digest: sha256, log });
  const retention = keepOnlyFor(config.RETENTION_DAYS, { store, clock, ids: randomIds, log, metrics });
  return {
    async stop() {
      await Promise.all(messengers.map((messenger) => messenger.stop()));
      await bot.stop();
      await health.stop();
      await watch.stop();
      await mending.stop();
      await drills.stop();
      await sealing.stop();
      await retention.stop();
    },
  };
}

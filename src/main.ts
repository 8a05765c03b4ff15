import { hkdfSync } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHandoffActs } from "./app/act-on-handoff.ts";
import { AppError } from "./app/errors.ts";
import type { ChannelDriver } from "./app/ports.ts";
import { keepOnlyFor } from "./app/retain.ts";
import { runBot } from "./app/run-bot.ts";
import { createBotkitShell } from "./adapters/bot/botkit/create-botkit-shell.ts";
import { createTelegramChannel } from "./adapters/channels/telegram/create-telegram-channel.ts";
import { createWebChannel } from "./adapters/channels/web/create-web-channel.ts";
import { createZaloChannel } from "./adapters/channels/zalo/create-zalo-channel.ts";
import { createConsole } from "./adapters/console/create-console.ts";
import { loadCorpus } from "./adapters/content/load-corpus.ts";
import { loadFlowBook } from "./adapters/content/load-flow-book.ts";
import { loadTriage } from "./adapters/content/load-triage.ts";
import { createHttpServer } from "./adapters/http/create-http-server.ts";
import { registerPages } from "./adapters/http/register-pages.ts";
import { loadNlu } from "./adapters/nlu/nlpjs/load-nlu.ts";
import { createEventBus } from "./adapters/stores/embedded/create-event-bus.ts";
import { openEmbeddedStore, readStoreKey } from "./adapters/stores/embedded/open-embedded-store.ts";
import { createSealer } from "./adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "./adapters/stores/redis/open-redis-store.ts";
import { createConversationIds, randomIds } from "./adapters/system/ids.ts";
import { systemClock } from "./adapters/system/system-clock.ts";
import { createLogger } from "./adapters/telemetry/create-logger.ts";
import { createMetrics } from "./adapters/telemetry/create-metrics.ts";
import { type Config, readConfig, telegramOf, zaloOf } from "./config.ts";
import type { ChannelName } from "./domain/conversation/message.ts";
import { labelOfChoice } from "./domain/dialogue/label-of-choice.ts";
import { normalise } from "./domain/text/normalise.ts";
import { createRulesOnlyAssessment } from "./app/assess-by-rules.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Starts the server, or says in one message what is wrong and ends with status 1. */
export async function main(): Promise<void> {
  try {
    await serve(readConfig(process.env));
  } catch (error) {
    process.stderr.write(`\nKề Bên did not start: ${explain(error)}\n`);
    process.exit(1);
  }
}

async function serve(config: Config): Promise<void> {
  const startedAt = Date.now();
  const clock = systemClock;
  const log = createLogger(config.LOG_LEVEL);
  const metrics = createMetrics();
  const book = loadFlowBook(join(root, "flows"));
  const triage = loadTriage(join(root, "intents"));
  const key = readStoreKey(config.DATA_DIR, config.STORE_KEY);
  const { store, events } =
    config.STORE === "redis" && config.REDIS_URL !== undefined
      ? await openRedisStore({ url: config.REDIS_URL, sealer: createSealer(key), clock, log })
      : { store: openEmbeddedStore({ directory: config.DATA_DIR, key, clock }), events: createEventBus() };
  const nlu = await loadNlu({
    intentsDir: join(root, "intents"),
    modelDir: join(config.DATA_DIR, "models"),
    readCorpus: loadCorpus,
    onProgress: (line) => void process.stderr.write(line),
  });
  const conversationIdOf = createConversationIds(Buffer.from(hkdfSync("sha256", key, "", "conversation-ids", 32)));
  const shell = createBotkitShell({ normalise, nlu, triage, book, clock, ids: randomIds, metrics });
  const labelOf = (value: string, locale: "vi" | "en") => labelOfChoice(book, value, locale);

  const web = createWebChannel({ store, events, clock, log, metrics, labelOf, conversationIdOf: (id) => conversationIdOf("web", id) });
  const line = { store, events, clock, log, metrics };
  const [telegram, zalo] = [telegramOf(config), zaloOf(config)];
  const messengers = [
    ...(telegram === null ? [] : [createTelegramChannel(telegram, { ...line, conversationIdOf: (id) => conversationIdOf("telegram", id) })]),
    ...(zalo === null ? [] : [createZaloChannel(zalo, { ...line, conversationIdOf: (id) => conversationIdOf("zalo", id) })]),
  ];
  const drivers = new Map<ChannelName, ChannelDriver>([web, ...messengers].map(({ driver }) => [driver.name, driver]));
  const actOnHandoff = createHandoffActs({ store, book, events, clock });
  const isSecure = config.PUBLIC_URL?.startsWith("https:") ?? false;
  const console = createConsole({ store, events, clock, ids: randomIds, log, metrics, actOnHandoff, labelOf, isSecure });

  const publicDir = join(root, "dist", "public");
  const http = await createHttpServer({ publicDir, publicUrl: config.PUBLIC_URL, log, metrics, ready: () => store.probe() });
  registerPages(http.app, publicDir);
  console.register(http.app);
  for (const messenger of messengers) messenger.register(http.app);
  http.onSocket("/chat/socket", (socket) => web.accept(socket));
  http.onSocket("/console/socket", (socket, request) => console.accept(socket, request), (request) => console.admit(request));
  await http.app.listen({ host: config.HOST, port: config.PORT });

  const bot = runBot({
    store, shell, book, events, clock, ids: randomIds, log, metrics, drivers,
    assessByRules: createRulesOnlyAssessment(triage),
  });
  for (const messenger of messengers) messenger.start();
  const retention = keepOnlyFor(config.RETENTION_DAYS, { store, clock, log });

  const address = http.app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.PORT;
  const base = config.PUBLIC_URL ?? `http://${config.HOST}:${port}`;
  announce(base, await console.openSetup(), Date.now() - startedAt);

  const stop = async () => {
    log.info("stopping");
    await http.close();
    await Promise.all(messengers.map((messenger) => messenger.stop()));
    await bot.stop();
    await retention.stop();
    web.close();
    console.close();
    await store.close();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
  // State we cannot vouch for must not answer children: a supervisor starts us again, and nothing is lost.
  process.on("unhandledRejection", (cause) => {
    log.error("unhandled-rejection", { cause });
    process.exit(1);
  });
}

function announce(base: string, setupToken: string | null, tookMs: number): void {
  const lines = [
    "",
    `Kề Bên is running (ready in ${(tookMs / 1000).toFixed(1)} s).`,
    `  Demo page:  ${base}/`,
    `  Console:    ${base}/console`,
  ];
  // After "#": a fragment never reaches a server's or a proxy's log.
  if (setupToken !== null) lines.push(`  First counsellor (one-time link): ${base}/console#setup=${setupToken}`);
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EADDRINUSE") return `the port is taken by another program; choose one with PORT=3001 npm start`;
  if (code === "EACCES") return `this port may not be opened (${message ?? code})`;
  return message ?? String(error);
}

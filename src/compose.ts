import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "./app/errors.ts";
import { createHandoffActs } from "./app/act-on-handoff.ts";
import type { ChannelDriver, Damage } from "./app/ports.ts";
import { allCards, cardContentOf } from "./app/card-content.ts";
import { countTaken } from "./app/count-taken.ts";
import { createReturnCodes } from "./app/create-return-codes.ts";
import { createCardPictures } from "./app/create-card-pictures.ts";
import { createPublicNumbers } from "./app/public-numbers.ts";
import { createReviewSample } from "./app/review-sample.ts";
import { createPresence } from "./app/presence.ts";
import { createWaitingOutlook } from "./app/waiting-outlook.ts";
import { createTelegramChannel } from "./adapters/channels/telegram/create-telegram-channel.ts";
import { serveReturns } from "./adapters/channels/web/serve-returns.ts";
import { createWebChannel } from "./adapters/channels/web/create-web-channel.ts";
import { createZaloChannel } from "./adapters/channels/zalo/create-zalo-channel.ts";
import { printPage, PRINT_CSS } from "./adapters/cards/print-page.ts";
import { createCardRenderer } from "./adapters/cards/render-card.ts";
import { createConsole } from "./adapters/console/create-console.ts";
import { createContent } from "./adapters/content/releases/create-content.ts";
import { loadRuleBook } from "./adapters/content/load-triage.ts";
import { createHttpServer } from "./adapters/http/create-http-server.ts";
import { registerCards } from "./adapters/http/register-cards.ts";
import { registerNumbers } from "./adapters/http/register-numbers.ts";
import { registerPages } from "./adapters/http/register-pages.ts";
import { createEventBus } from "./adapters/stores/embedded/create-event-bus.ts";
import { openEmbeddedStore, readStoreKey } from "./adapters/stores/embedded/open-embedded-store.ts";
import { createSealer } from "./adapters/stores/embedded/sealer.ts";
import { openRedisStore } from "./adapters/stores/redis/open-redis-store.ts";
import { createCodeVault } from "./adapters/system/code-vault.ts";
import { createConversationIds, randomIds } from "./adapters/system/ids.ts";
import { systemClock } from "./adapters/system/system-clock.ts";
import { createLogger } from "./adapters/telemetry/create-logger.ts";
import { createMetrics } from "./adapters/telemetry/create-metrics.ts";
import { type Config, telegramOf, zaloOf } from "./config.ts";
import type { ChannelName } from "./domain/conversation/message.ts";
import { labelOfChoice } from "./domain/dialogue/label-of-choice.ts";
import { createSignQuotes } from "./domain/triage/quote-signs.ts";
import { startWorker } from "./start-worker.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface RunningServer {
  /** Where people reach it. */
  readonly address: string;
  /** One-time token for the first account, or null when there is one. */
  readonly setupToken: string | null;
  /** Reads the answers again; a mistake in them leaves the old ones in place. */
  reloadContent(): void;
  /** Stops taking in, finishes what is under way, closes the store. */
  stop(): Promise<void>;
}

/**
 * Builds the whole server: the one place where adapters meet. A process that only serves (`ROLE=web`) holds pages and
 * sockets and takes messages in; one that only works (`ROLE=worker`) answers them, sends, and watches the cases.
 */
export async function compose(config: Config): Promise<RunningServer> {
  const clock = systemClock;
  const log = createLogger(config.LOG_LEVEL);
  const metrics = createMetrics(config.STORE === "lmdb" ? join(config.DATA_DIR, "store.lmdb") : undefined);
  const content = createContent({
    flowsDir: join(root, "flows"),
    dataDir: config.DATA_DIR,
    settings: { retentionDays: config.RETENTION_DAYS },
    clock,
    log,
  });
  const ruleBook = loadRuleBook(join(root, "intents"));
  const key = readStoreKey(config.DATA_DIR, config.STORE_KEY);
  const onDamage = ({ kind, id }: Damage) => {
    metrics.count("stored_damaged_total", { kind });
    log.error("stored-damaged", { kind, id });
  };
  const { store: opened, events } =
    config.STORE === "redis" && config.REDIS_URL !== undefined
      ? await openRedisStore({ url: config.REDIS_URL, sealer: createSealer(key), clock, log, onDamage })
      : {
          store: openEmbeddedStore({ directory: config.DATA_DIR, key, clock, onDamage }),
          events: createEventBus(),
        };
  const store = {
    ...opened,
    enqueue: countTaken((message) => opened.enqueue(message), metrics),
  };
  const conversationIdOf = createConversationIds(key.secrets.conversationIds);
  const labelOf = (value: string, locale: "vi" | "en") => labelOfChoice(content.current(), value, locale);

  const web = createWebChannel({
    store,
    events,
    clock,
    log,
    metrics,
    labelOf,
    conversationIdOf: (id) => conversationIdOf("web", id),
  });
  const renderCard = createCardRenderer();
  const line = { store, events, clock, log, metrics, cards: createCardPictures(content, renderCard, log) };
  const [telegram, zalo] = [telegramOf(config), zaloOf(config)];
  const messengers = [
    ...(telegram === null
      ? []
      : [
          createTelegramChannel(telegram, {
            ...line,
            conversationIdOf: (id) => conversationIdOf("telegram", id),
          }),
        ]),
    ...(zalo === null
      ? []
      : [createZaloChannel(zalo, { ...line, conversationIdOf: (id) => conversationIdOf("zalo", id) })]),
  ];
  const drivers = new Map<ChannelName, ChannelDriver>(
    [web, ...messengers].map(({ driver }) => [driver.name, driver]),
  );
  const actOnHandoff = createHandoffActs({ store, content, events, clock });
  const isSecure = config.PUBLIC_URL?.startsWith("https:") ?? false;
  const presence = createPresence(store.settings, clock);
  const outlook = createWaitingOutlook({ store, presence, clock, log });
  const console = createConsole({
    store,
    outlook,
    content,
    presence,
    events,
    clock,
    ids: randomIds,
    log,
    metrics,
    actOnHandoff,
    labelOf,
    quoteSigns: createSignQuotes(ruleBook),
    isSecure,
    needsSecondFactor: config.CONSOLE_SECOND_FACTOR === "required",
    capacity: config.COUNSELLOR_CAPACITY,
  });

  let isRunning = false;
  const ready = async () => {
    if (!isRunning) throw new AppError("NOT_READY");
    await store.probe();
  };
  const publicDir = join(root, "dist", "public");
  const http = await createHttpServer({ publicDir, publicUrl: config.PUBLIC_URL, log, metrics, ready });
  const serves = config.ROLE !== "worker";
  const works = config.ROLE !== "web";
  if (serves) {
    registerPages(http.app, publicDir);
    registerNumbers(
      http.app,
      createPublicNumbers({ store, clock, sample: createReviewSample({ shelf: store.shelf, clock, log }) }),
    );
    registerCards(http.app, {
      picture: async (link) => {
        const card = cardContentOf(content.current(), link);
        return card === null ? null : await renderCard(card);
      },
      page: (link) => {
        const card = cardContentOf(content.current(), link);
        return card === null ? null : printPage([card], link.locale);
      },
      allCards: (listener) => printPage(allCards(content.current(), listener), listener.locale),
      printCss: PRINT_CSS,
    });
    web.register(http.app, http.isOwnOrigin);
    serveReturns(http.app, {
      codes: createReturnCodes({
        store,
        vault: createCodeVault(key.secrets.returnCodes),
        clock,
        keepMs: config.RETENTION_DAYS * 24 * 3600 * 1000,
      }),
      clock,
      metrics,
      conversationIdOf: (id) => conversationIdOf("web", id),
      isOwnOrigin: http.isOwnOrigin,
    });
    console.register(http.app);
    for (const messenger of messengers) messenger.register(http.app);
    http.onSocket("/chat/socket", (socket) => web.accept(socket));
    http.onSocket(
      "/console/socket",
      (socket, request) => console.accept(socket, request),
      (request) => console.admit(request),
    );
  }

  await http.app.listen({ host: config.HOST, port: config.PORT });

  // Messages are taken in durably from here on; they are answered as soon as the models are there.
  const worker = works
    ? await startWorker(config, {
        ...{ store, events, clock, log, metrics, content, ruleBook, drivers, messengers },
        ...{ presence, actOnHandoff, outlook, root },
      })
    : null;

  const address = http.app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.PORT;
  isRunning = true;
  return {
    address: config.PUBLIC_URL ?? `http://${config.HOST}:${port}`,
    setupToken: serves ? await console.openSetup() : null,
    reloadContent: () => void content.reload(),
    async stop() {
      log.info("stopping");
      isRunning = false;
      await http.close();
      await worker?.stop();
      await content.stop();
      web.close();
      console.close();
      await store.close();
    },
  };
}

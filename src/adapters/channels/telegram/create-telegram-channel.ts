import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { Api } from "grammy";
import type { ChannelDriver, EventBus, Leases, Paces, Stopper } from "../../../app/ports.ts";
import { commandMenu } from "./commands.ts";
import { judgeError } from "./judge-error.ts";
import { createPace } from "./pace.ts";
import { startPolling } from "./poll.ts";
import { createReceiver, type ReceiveDeps } from "./receive.ts";
import { createTelegramDriver, type SendDeps } from "./send.ts";
import { showTyping } from "./show-typing.ts";
import { registerTelegramWebhook, WEBHOOK_PATH } from "./webhook.ts";
import { ALLOWED_UPDATES } from "./wire.ts";

export interface TelegramOptions {
  readonly token: string;
  readonly apiRoot: string | undefined;
  /** Set when Telegram shall call us; otherwise we ask Telegram. */
  readonly webhook: { readonly secret: string; readonly publicUrl: string } | null;
}

export interface TelegramDeps extends Omit<SendDeps & ReceiveDeps, "api" | "pace"> {
  readonly store: SendDeps["store"] &
    ReceiveDeps["store"] & { readonly leases: Leases; readonly paces: Paces };
  readonly events: EventBus;
  /** How the pace waits; a test waits in simulated time. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

export interface TelegramChannel extends Stopper {
  readonly driver: ChannelDriver;
  /** Adds the webhook's route, when there is one. */
  register(app: FastifyInstance): void;
  /** Begins to take messages. Everything behind `register` must be listening. */
  start(): void;
}

const SEND_SECONDS = 15;
const POLL_SECONDS = 60;
const SET_UP_PAUSE_MAX_MS = 60_000;

export function createTelegramChannel(options: TelegramOptions, deps: TelegramDeps): TelegramChannel {
  const { token, webhook } = options;
  const apiRoot = options.apiRoot?.replace(/\/+$/, "");
  const connect = (timeoutSeconds: number) =>
    new Api(token, { timeoutSeconds, ...(apiRoot === undefined ? {} : { apiRoot }) });
  const api = connect(SEND_SECONDS);
  const pace = createPace(deps.store.paces, deps.wait ?? ((ms) => pause(ms)));
  const receive = createReceiver({ ...deps, api });
  const stopping = new AbortController();
  let poller: Stopper | null = null;
  let stopTyping = () => {};

  /** Tried until it works or Telegram says that it never will: without its webhook the bot would be deaf. */
  async function setUp(step: string, call: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; !stopping.signal.aborted; tries++) {
      try {
        return void (await call());
      } catch (error) {
        const trouble = judgeError(error);
        deps.log.warn("telegram-set-up-failed", { step, trouble: trouble.kind });
        if (trouble.kind === "refused" || trouble.kind === "blocked") return;
        const ms = Math.min(1000 * 2 ** tries, SET_UP_PAUSE_MAX_MS);
        await pause(ms, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  return {
    driver: createTelegramDriver({ ...deps, api, pace }),
    register(app) {
      if (webhook !== null)
        registerTelegramWebhook(app, { secret: webhook.secret, receive, metrics: deps.metrics });
    },
    start() {
      stopTyping = showTyping(api, deps);
      void setUp("commands", async () => {
        await api.setMyCommands(commandMenu("vi"));
        await api.setMyCommands(commandMenu("en"), { language_code: "en" });
      });
      if (webhook === null) {
        poller = startPolling({
          api: connect(POLL_SECONDS),
          receive,
          log: deps.log,
          leases: deps.store.leases,
        });
        return;
      }
      const url = `${webhook.publicUrl.replace(/\/+$/, "")}${WEBHOOK_PATH}`;
      void setUp("webhook", () =>
        api.setWebhook(url, { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES }),
      );
    },
    async stop() {
      stopping.abort();
      stopTyping();
      await poller?.stop();
    },
  };
}

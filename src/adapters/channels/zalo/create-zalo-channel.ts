import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type {
  CardPictures,
  ChannelDriver,
  Conversations,
  Leases,
  Paces,
  Settings,
  Stopper,
} from "../../../app/ports.ts";
import { createReceiver, type ReceiveDeps } from "./receive.ts";
import { createZaloDriver } from "./send.ts";
import { createTokenKeeper } from "./token-keeper.ts";
import { registerZaloWebhook } from "./webhook.ts";
import { createZaloApi, type ZaloApiOptions } from "./zalo-api.ts";

export interface ZaloOptions extends ZaloApiOptions {
  readonly oaSecret: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface ZaloDeps extends ReceiveDeps {
  readonly store: ReceiveDeps["store"] &
    Pick<Conversations, "load"> & {
      readonly settings: Settings;
      readonly leases: Leases;
      readonly paces: Paces;
    };
  readonly cards: CardPictures;
  readonly wait?: (ms: number) => Promise<unknown>;
}

export interface ZaloChannel extends Stopper {
  readonly driver: ChannelDriver;
  register(app: FastifyInstance): void;
  start(): void;
}

const LOOK_AT_TOKEN_EVERY_MS = 15 * 60_000;

export function createZaloChannel(options: ZaloOptions, deps: ZaloDeps): ZaloChannel {
  const { clock, log, metrics, store } = deps;
  const api = createZaloApi(options);
  const seed = { accessToken: options.accessToken, refreshToken: options.refreshToken };
  const wait = deps.wait ?? ((ms: number) => pause(ms));
  const { settings, leases } = store;
  const tokens = createTokenKeeper({ settings, leases, api, seed, clock, log, wait });
  const receive = createReceiver(deps);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();

  return {
    driver: createZaloDriver({
      api,
      tokens,
      cards: deps.cards,
      store,
      clock,
      log,
      wait,
    }),
    register: (app) =>
      registerZaloWebhook(app, {
        appId: options.appId,
        oaSecret: options.oaSecret,
        receive,
        clock,
        log,
        metrics,
      }),
    start() {
      // An account that is silent for a day must not lose its token.
      const look = () => {
        looking = tokens.current().catch((cause: unknown) => log.error("zalo-token-not-read", { cause }));
      };
      look();
      timer = setInterval(look, LOOK_AT_TOKEN_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

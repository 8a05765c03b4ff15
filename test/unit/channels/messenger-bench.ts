import type { AddressInfo } from "node:net";
import { createTelegramChannel } from "../../../src/adapters/channels/telegram/create-telegram-channel.ts";
import { createZaloChannel } from "../../../src/adapters/channels/zalo/create-zalo-channel.ts";
import { createLocalLeases, createLocalPaces } from "../../../src/adapters/stores/embedded/local-leases.ts";
import { createHttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createConversationIds } from "../../../src/adapters/system/ids.ts";
import type { ChannelDriver, Clock, Stopper } from "../../../src/app/ports.ts";
import { runBot } from "../../../src/app/run-bot.ts";
import type { ConversationId } from "../../../src/domain/kernel/ids.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { NOON } from "../../support/builders.ts";
import { TelegramStandIn } from "../../../src/cli/simulate/telegram-stand-in.ts";
import { ZaloStandIn } from "../../../src/cli/simulate/zalo-stand-in.ts";

/** One messenger with the whole bot behind it, spoken to as a person with a phone would. People are named by numbers. */
export interface Messenger {
  readonly bot: ABot;
  readonly limit: number;
  readonly clock: RunningClock;
  says(person: string, text: string): Promise<unknown>;
  taps(person: string, label: string): Promise<unknown>;
  /** Null where nobody can. */
  readonly sendsPicture: ((person: string, caption?: string) => Promise<unknown>) | null;
  /** The vendor brings the same delivery a second time. */
  again(delivery: unknown): Promise<unknown>;
  heard(person: string): string[];
  labels(person: string): string[];
  /** The person blocks the bot; null where nobody can. */
  readonly blocks: ((person: string) => void) | null;
  /** What befalls the next messages that we send, one each. */
  failNext(...faults: ("flood" | "down" | "hang-up")[]): void;
  /** Posts an update that is not from the vendor; answers the status. Null where the vendor never calls us. */
  forge: ((how: "unsigned" | "wrong" | "truncated") => Promise<number>) | null;
  conversationOf(person: string): ConversationId;
  stop(): Promise<void>;
}

export interface RunningClock extends Clock {
  advance(ms: number): void;
}

/** Runs like a real one from the tests' noon, and can be set forward. */
export function createRunningClock(): RunningClock {
  const startedAt = Date.now();
  let ahead = 0;
  return {
    now: () => NOON + (Date.now() - startedAt) + ahead,
    advance(ms) {
      // A clock tells whole milliseconds.
      ahead += Math.ceil(ms);
    },
  };
}

export const idOf = createConversationIds(Buffer.alloc(32, 1));
export const SECRET = "a-secret-of-the-webhook";

async function serve(bot: ABot) {
  const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
  const http = await createHttpServer({
    publicDir: "/nowhere",
    publicUrl: undefined,
    log: bot.log,
    metrics,
    ready: async () => {},
  });
  const listen = async () => {
    await http.app.listen({ host: "127.0.0.1", port: 0 });
    return `http://127.0.0.1:${(http.app.server.address() as AddressInfo).port}`;
  };
  return { http, listen };
}

/** Limits and leases go by the channel's clock, which its waiting moves. */
const onClock = (bot: ABot, clock: Clock) => ({
  ...bot.store,
  leases: createLocalLeases(clock),
  paces: createLocalPaces(clock),
});

function run(bot: ABot, driver: ChannelDriver): Stopper {
  return runBot({ ...bot, drivers: new Map([[driver.name, driver]]) });
}

/** The channel alone, asking the stand-in for updates. */
export function aPollingChannel(standIn: TelegramStandIn, bot: ABot, token = standIn.token) {
  const clock = createRunningClock();
  const options = { token, apiRoot: `${standIn.url}/`, webhook: null };
  const channel = createTelegramChannel(options, {
    ...bot,
    store: onClock(bot, clock),
    clock,
    conversationIdOf: (id) => idOf("telegram", id),
    wait: async (ms) => clock.advance(ms),
  });
  return { channel, clock };
}

export async function aTelegram(
  mode: "polling" | "webhook",
  bot: ABot = aBot(),
): Promise<Messenger & { standIn: TelegramStandIn }> {
  const clock = createRunningClock();
  const standIn = await new TelegramStandIn().listen();
  const { http, listen } = await serve(bot);
  // The address is known only after listening: the stand-in is told by hand, as an operator may do too.
  const webhook = mode === "webhook" ? { secret: SECRET, publicUrl: "http://127.0.0.1:1" } : null;
  const channel = createTelegramChannel(
    { token: standIn.token, apiRoot: standIn.url, webhook },
    {
      ...{ ...bot, store: onClock(bot, clock), clock },
      conversationIdOf: (id) => idOf("telegram", id),
      wait: async (ms) => clock.advance(ms),
    },
  );
  channel.register(http.app);
  const base = await listen();
  const worker = run(bot, channel.driver);
  channel.start();
  while (!standIn.calls.includes(mode === "webhook" ? "setWebhook" : "deleteWebhook"))
    await new Promise((resolve) => setTimeout(resolve, 5));
  if (mode === "webhook") standIn.webhook = { url: `${base}/telegram/webhook`, secret: SECRET };
  const post = async (headers: Record<string, string>, body: string) =>
    (await fetch(`${base}/telegram/webhook`, { method: "POST", headers, body })).status;
  const json = { "content-type": "application/json" };
  const forged = () => JSON.stringify({ update_id: 7, message: standIn.message(666, { text: "forged" }) });
  return {
    bot,
    limit: 4096,
    clock,
    standIn,
    says: (person, text) => standIn.writes(Number(person), text),
    taps: (person, label) => standIn.taps(Number(person), label),
    sendsPicture: (person, caption) =>
      standIn.sends(Number(person), {
        photo: [{ file_id: "x", width: 1, height: 1 }],
        ...(caption === undefined ? {} : { caption }),
      }),
    again: (delivery) => standIn.deliver(delivery as Parameters<typeof standIn.deliver>[0]),
    heard: (person) => standIn.sentTo(Number(person)).map(({ text }) => text),
    labels: (person) =>
      standIn.sentTo(Number(person)).flatMap(({ buttons }) => buttons.map(({ text }) => text)),
    blocks: (person) => void standIn.blocked.add(Number(person)),
    failNext: (...faults) =>
      void standIn.faults.push(
        ...faults.map((fault) =>
          fault === "flood"
            ? ({ kind: "flood", retryAfter: 1 } as const)
            : fault === "down"
              ? ({ kind: "status", status: 502 } as const)
              : { kind: "hang-up" as const },
        ),
      ),
    forge:
      mode === "polling"
        ? null
        : (how) => {
            if (how === "unsigned") return post(json, forged());
            const secret = {
              ...json,
              "x-telegram-bot-api-secret-token": how === "wrong" ? `${SECRET}x` : SECRET,
            };
            return post(secret, how === "wrong" ? forged() : forged().slice(0, -9));
          },
    conversationOf: (person) => idOf("telegram", person),
    async stop() {
      await channel.stop();
      await http.close();
      await worker.stop();
      await standIn.close();
    },
  };
}

export async function aZalo(bot: ABot = aBot()): Promise<Messenger & { standIn: ZaloStandIn }> {
  const clock = createRunningClock();
  const standIn = await new ZaloStandIn(clock).listen();
  const { http, listen } = await serve(bot);
  const { appId, appSecret, oaSecret, firstTokens, url } = standIn;
  const channel = createZaloChannel(
    { appId, appSecret, oaSecret, ...firstTokens, apiRoot: url, oauthRoot: url },
    {
      ...{ ...bot, store: onClock(bot, clock), clock },
      conversationIdOf: (id) => idOf("zalo", id),
      wait: async (ms) => clock.advance(ms),
    },
  );
  channel.register(http.app);
  standIn.webhookUrl = `${await listen()}/zalo/webhook`;
  const worker = run(bot, channel.driver);
  channel.start();
  const forged = () => standIn.event("666", "user_send_text", { message: { msg_id: "1", text: "forged" } });
  return {
    bot,
    limit: 2000,
    clock,
    standIn,
    says: (person, text) => standIn.writes(person, text),
    taps: (person, label) => standIn.taps(person, label),
    sendsPicture: (person, caption) =>
      standIn.arrives(person, "user_send_image", {
        ...(caption === undefined ? {} : { text: caption }),
        attachments: [{ type: "image", payload: { url: `${url}/picture`, thumbnail: `${url}/thumb` } }],
      }),
    again: (delivery) => standIn.deliver(delivery as Record<string, unknown>),
    heard: (person) => standIn.sentTo(person).map(({ text }) => text),
    labels: (person) => standIn.sentTo(person).flatMap(({ buttons }) => buttons.map(({ title }) => title)),
    blocks: (person) => void standIn.blocked.add(person),
    failNext: (...faults) =>
      void standIn.faults.push(
        ...faults.map((fault) =>
          fault === "flood"
            ? ({ kind: "error", error: -32 } as const)
            : fault === "down"
              ? ({ kind: "status", status: 502 } as const)
              : { kind: "hang-up" as const },
        ),
      ),
    forge: async (how) => {
      const event = forged();
      if (how === "unsigned") return standIn.deliver(event, { signature: null });
      if (how === "wrong") return standIn.deliver(event, { signature: `mac=${"0".repeat(64)}` });
      const body = JSON.stringify(event);
      return standIn.deliver(event, {
        body: body.slice(0, -5),
        signature: standIn.sign(body, String(event["timestamp"])),
      });
    },
    conversationOf: (person) => idOf("zalo", person),
    async stop() {
      await channel.stop();
      await http.close();
      await worker.stop();
      await standIn.close();
    },
  };
}

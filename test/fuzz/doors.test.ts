import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { WebSocket } from "ws";
import { createTelegramChannel } from "../../src/adapters/channels/telegram/create-telegram-channel.ts";
import { serveReturns } from "../../src/adapters/channels/web/serve-returns.ts";
import { createWebChannel, type WebChannel } from "../../src/adapters/channels/web/create-web-channel.ts";
import { createZaloChannel } from "../../src/adapters/channels/zalo/create-zalo-channel.ts";
import { createConsole, type Console } from "../../src/adapters/console/create-console.ts";
import { createHttpServer, type HttpServer } from "../../src/adapters/http/create-http-server.ts";
import { registerPages } from "../../src/adapters/http/register-pages.ts";
import { createConversationIds } from "../../src/adapters/system/ids.ts";
import { createCodeVault } from "../../src/adapters/system/code-vault.ts";
import { createReturnCodes } from "../../src/app/create-return-codes.ts";
import { labelOfChoice } from "../../src/domain/dialogue/label-of-choice.ts";
import { CONSOLE_HEADER } from "../../src/wire/console.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { bent, expectQuick, FUZZ_LIMIT_MS, FUZZ_RUNS, heldMb, quickestOf, spoilt } from "../support/fuzz.ts";
import { TelegramStandIn } from "../../src/cli/simulate/telegram-stand-in.ts";
import { ZaloStandIn } from "../../src/cli/simulate/zalo-stand-in.ts";

const KEY = "k".repeat(22);
const SECRET = "a-secret-of-the-webhook";
const PASSWORD = "một mật khẩu dài";
const idOf = createConversationIds(Buffer.alloc(32, 1));
const RUNS = Math.ceil(FUZZ_RUNS / 5);
const LIMIT = Math.max(120_000, RUNS * 10);
/** What a long run may hold more at its end than a fifth of the way in. */
const MOST_GROWTH_MB = 40;

/**
 * All doors that anybody outside can knock at, with the whole of their code behind them and a store in memory. Nobody takes
 * turns, so that what is measured is the door; the inbox answers "full" after a while, as it does in a flood.
 */
describe(`${RUNS} knocks at each door`, () => {
  let bot: ABot;
  let http: HttpServer;
  let web: WebChannel;
  let desk: Console;
  let address: string;
  let cookie: string;
  const telegram = new TelegramStandIn();
  const zalo = new ZaloStandIn({ now: () => Date.now() });

  beforeAll(async () => {
    bot = aBot();
    const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
    http = await createHttpServer({
      ...{ publicDir: "/nowhere", publicUrl: undefined, log: bot.log, metrics },
      ready: async () => {},
    });
    const labelOf = (value: string, locale: "vi" | "en") => labelOfChoice(bot.book, value, locale);
    web = createWebChannel({ ...bot, labelOf, conversationIdOf: (key) => idOf("web", key) });
    web.register(http.app, http.isOwnOrigin);
    registerPages(http.app, "/nowhere");
    const vault = createCodeVault(Buffer.alloc(32, 2));
    serveReturns(http.app, {
      codes: createReturnCodes({ store: bot.store, vault, clock: bot.clock, keepMs: 1000 }),
      ...{ clock: bot.clock, metrics: bot.metrics, isOwnOrigin: http.isOwnOrigin },
      conversationIdOf: (id) => idOf("web", id),
    });
    createTelegramChannel(
      {
        token: telegram.token,
        apiRoot: "http://127.0.0.1:9",
        webhook: { secret: SECRET, publicUrl: "http://127.0.0.1:9" },
      },
      { ...bot, conversationIdOf: (id) => idOf("telegram", id) },
    ).register(http.app);
    const { appId, appSecret, oaSecret, firstTokens } = zalo;
    createZaloChannel(
      {
        appId,
        appSecret,
        oaSecret,
        ...firstTokens,
        apiRoot: "http://127.0.0.1:9",
        oauthRoot: "http://127.0.0.1:9",
      },
      { ...bot, conversationIdOf: (id) => idOf("zalo", id) },
    ).register(http.app);
    desk = createConsole({
      ...bot,
      labelOf,
      quoteSigns: () => [],
      isSecure: false,
      needsSecondFactor: false,
      capacity: 4,
    });
    desk.register(http.app);
    http.onSocket("/chat/socket", (socket) => web.accept(socket));
    http.onSocket(
      "/console/socket",
      (socket, request) => desk.accept(socket, request),
      (request) => desk.admit(request),
    );
    await http.app.listen({ host: "127.0.0.1", port: 0 });
    address = `127.0.0.1:${(http.app.server.address() as AddressInfo).port}`;
    const answer = await http.app.inject({
      ...{ method: "POST", url: "/console/api/setup", headers: { [CONSOLE_HEADER]: "1" } },
      payload: { token: await desk.openSetup(), name: "Lan", password: PASSWORD },
    });
    cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  });
  afterAll(async () => {
    web.close();
    desk.close();
    await http.close();
  });

  const ids = fc.constantFrom("case-1", "", "__proto__", "..", "%2e%2e", "a".repeat(300));
  const path = fc.oneof(
    fc.constantFrom(
      "/",
      "/demo",
      "/console",
      "/chat/poll",
      "/chat/return",
      "/healthz",
      "/card",
      "/widget.js",
    ),
    ids.map((id) => `/console/api/cases/${id}/transcript?after=${id}`),
    ids.map((id) => `/console/api/cases/${id}/act`),
    fc.constantFrom(
      "/console/api/setup",
      "/console/api/sign-in",
      "/console/api/me",
      "/console/api/queue",
      "/console/api/accounts",
      "/console/api/accounts/x/close",
      "/console/api/invitations",
      "/console/api/invited",
      "/console/api/join",
      "/console/api/password",
      "/console/api/second-factor/confirm",
    ),
    fc.webPath().map((some) => `/${some}`),
  );
  const hello = { t: "hello", v: 1, key: KEY, after: 0, locale: "vi" };
  const frames: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
    hello,
    { t: "say", id: "message-1", text: "em bị dọa đăng ảnh" },
    { t: "choose", id: "message-2", value: "a:request-counsellor" },
    { t: "typing" },
  );
  const bodies: fc.Arbitrary<unknown> = fc.oneof(
    frames.map((frame) => ({ hello, frames: [frame], wait: false })),
    fc.constantFrom<unknown>(
      { name: "Lan", password: "wrong wrong wrong" },
      { actId: "act-1-of-mine", act: { kind: "say", text: "Chị đây" } },
      { token: "x", name: "Lan", password: PASSWORD },
      { code: "con mèo cái bàn quả cam bầu trời" },
    ),
  );
  const spoiltText = (value: fc.Arbitrary<unknown>) =>
    fc.oneof(
      { weight: 5, arbitrary: bent(value).map((some) => JSON.stringify(some) ?? "") },
      { weight: 2, arbitrary: spoilt(value.map((some) => JSON.stringify(some))) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((depth) => "[".repeat(depth)) },
    );

  /** Runs the property; then what is still held must not have grown with the number of runs. */
  async function knock<T>(what: fc.Arbitrary<T>, once: (input: T) => Promise<void>): Promise<void> {
    const warm = Math.ceil(RUNS / 5);
    await fc.assert(fc.asyncProperty(what, once), { numRuns: warm });
    const before = heldMb();
    await fc.assert(fc.asyncProperty(what, once), { numRuns: RUNS - warm });
    expect(heldMb() - before).toBeLessThan(MOST_GROWTH_MB);
  }

  it(
    "HTTP: each is answered, none with a fault of ours",
    async () => {
      const request = fc.record({
        method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"),
        url: path,
        payload: spoiltText(bodies),
        type: fc.constantFrom(
          "application/json",
          "text/plain",
          "application/json; charset=x",
          "multipart/form-data",
          "",
        ),
        cookie: fc.constantFrom("", "mine", "desk=;;;=x", "a=%E0%A4%A"),
        own: fc.boolean(),
      });
      await knock(request, async ({ method, url, payload, type, cookie: given, own }) => {
        const headers = {
          ...(type === "" ? {} : { "content-type": type }),
          ...(given === "" ? {} : { cookie: given === "mine" ? cookie : given }),
          ...(own ? { [CONSOLE_HEADER]: "1" } : {}),
        };
        let status = 0;
        const span = await quickestOf(async () => {
          const body = method === "GET" || method === "HEAD" ? {} : { payload };
          const answer = await http.app.inject({ method: method as "GET", url, headers, ...body });
          status = answer.statusCode;
        });
        expect([status, url]).not.toEqual([500, url]);
        // A password takes its time by design (argon2id), and is asked for rarely: attempts are counted.
        if (!/sign-in|setup|accounts|return/.test(url)) expect(span).toBeLessThanOrEqual(FUZZ_LIMIT_MS);
      });
    },
    LIMIT,
  );

  it(
    "Telegram's webhook, with the right secret: each is taken, refused or put off",
    async () => {
      const update: fc.Arbitrary<unknown> = fc.nat(1_000_000).chain((n) =>
        fc.constantFrom<unknown>(
          { update_id: n, message: telegram.message(5, { text: "em cần giúp" }) },
          { update_id: n, edited_message: telegram.message(5, { text: "em cần giúp" }) },
          {
            update_id: n,
            callback_query: { id: "1", from: { id: 5 }, data: "x", message: telegram.message(5, {}) },
          },
        ),
      );
      await knock(spoiltText(update), async (payload) => {
        await expectQuick(async () => {
          const answer = await http.app.inject({
            ...{ method: "POST", url: "/telegram/webhook", payload },
            headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET },
          });
          expect(answer.statusCode).not.toBe(500);
        });
      });
    },
    LIMIT,
  );

  it(
    "Zalo's webhook, with the right signature: each is taken, refused or put off",
    async () => {
      const event: fc.Arbitrary<unknown> = fc
        .constantFrom("user_send_text", "user_send_image", "user_withdraw", "follow", "oa_send_text")
        .map((name) => zalo.event("7", name, { message: { msg_id: "1", text: "em cần giúp" } }));
      await knock(spoiltText(event), async (payload) => {
        await expectQuick(async () => {
          const answer = await http.app.inject({
            ...{ method: "POST", url: "/zalo/webhook", payload },
            headers: {
              "content-type": "application/json",
              "x-zevent-signature": zalo.sign(payload, timestampIn(payload)),
            },
          });
          expect(answer.statusCode).not.toBe(500);
        });
      });
    },
    LIMIT,
  );

  it.each(["/chat/socket", "/console/socket"])(
    "the socket %s: whatever comes, the next page is greeted",
    async (where) => {
      let socket: WebSocket | null = null;
      const open = async () => {
        const line = new WebSocket(`ws://${address}${where}`, {
          headers: where.startsWith("/console") ? { cookie } : {},
        });
        line.on("error", () => {});
        await new Promise((resolve, reject) => line.once("open", resolve).once("error", reject));
        return line;
      };
      /** Until the server has taken everything that was sent before, or has cut the line. */
      const alive = (line: WebSocket) =>
        new Promise<void>((resolve) => {
          const done = () => {
            line.off("pong", done).off("close", done);
            resolve();
          };
          line.on("pong", done).on("close", done);
          line.ping();
        });
      await knock(spoiltText(frames), async (text) => {
        if (socket === null || socket.readyState !== WebSocket.OPEN) socket = await open();
        const line = socket;
        await expectQuick(async () => {
          if (line.readyState !== WebSocket.OPEN) return;
          line.send(text);
          await alive(line);
        });
      });
      const last = await open();
      await alive(last);
      expect(last.readyState).toBe(WebSocket.OPEN);
      last.terminate();
      (socket as WebSocket | null)?.terminate();
    },
    LIMIT,
  );
});

/** As the vendor would have signed it: the hash holds the time that stands in the body. */
function timestampIn(payload: string): string {
  return /"timestamp":"(\d+)"/.exec(payload)?.[1] ?? "0";
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { TOTP } from "otpauth";
import { createConsole, type Console } from "../../../src/adapters/console/create-console.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { CONSOLE_HEADER } from "../../../src/wire/console.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { said } from "../../support/builders.ts";

const PASSWORD = "một mật khẩu dài";
const OTHER = "một mật khẩu khác hẳn";
const HOUR = 3600 * 1000;

let bot: ABot;
let http: HttpServer;
let desk: Console;
let lan: string;
let needsSecondFactor = false;

beforeEach(async () => {
  bot = aBot();
  const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
  http = await createHttpServer({
    ...{ publicDir: "/nowhere", publicUrl: undefined, log: bot.log, metrics },
    ready: async () => {},
  });
  desk = createConsole({
    ...bot,
    labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
    quoteSigns: () => [],
    isSecure: false,
    needsSecondFactor,
    capacity: 4,
  });
  desk.register(http.app);
  await http.app.ready();
  lan = cookieOf(await post("/setup", { token: await desk.openSetup(), name: "Lan", password: PASSWORD }));
});
afterEach(async () => {
  desk.close();
  await http.close();
});

const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers["set-cookie"]).split(";")[0] ?? "";
const post = (path: string, payload: object, cookie = "") =>
  http.app.inject({
    method: "POST",
    url: `/console/api${path}`,
    payload,
    headers: { [CONSOLE_HEADER]: "1", cookie },
  });
const get = (path: string, cookie = "") =>
  http.app.inject({ method: "GET", url: `/console/api${path}`, headers: { cookie } });
const signIn = (name: string, password = PASSWORD, more: object = {}) =>
  post("/sign-in", { name, password, ...more });
const invite = async (what: object, by = lan) =>
  (await post("/invitations", what, by)).json().token as string;
const join = async (name: string) =>
  cookieOf(await post("/join", { token: await invite({ role: "counsellor" }), name, password: PASSWORD }));
const idOf = async (name: string) => (await bot.store.accounts.byName(name))?.id ?? "";
const acts = async () => (await bot.store.audit.recent(100)).map(({ act }) => act);

describe("an invitation", () => {
  it("makes one account, with the role it was made for, and then counts no more", async () => {
    const token = await invite({ role: "supervisor" });
    expect((await post("/invited", { token })).json()).toEqual({ name: null });
    const joined = await post("/join", { token, name: "Minh", password: PASSWORD });
    expect(joined.json()).toMatchObject({ name: "Minh", role: "supervisor" });
    expect((await get("/me", cookieOf(joined))).statusCode).toBe(200);
    expect((await post("/join", { token, name: "Hoa", password: PASSWORD })).statusCode).toBe(403);
    expect((await post("/invited", { token })).statusCode).toBe(403);
    expect(await acts()).toEqual(expect.arrayContaining(["account-invited", "account-created"]));
  });

  it("makes one account also when two use it in the same moment", async () => {
    const token = await invite({ role: "counsellor" });
    const answers = await Promise.all(
      ["Minh", "Hoa", "Vy"].map((name) => post("/join", { token, name, password: PASSWORD })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 403, 403]);
    expect(await bot.store.accounts.count()).toBe(2);
  });

  it("is not used up by a name that is taken or a password that is too short", async () => {
    const token = await invite({ role: "counsellor" });
    expect((await post("/join", { token, name: "lan", password: PASSWORD })).json().code).toBe("NAME_TAKEN");
    expect((await post("/join", { token, name: "Minh", password: "ngắn" })).statusCode).toBe(400);
    expect((await post("/join", { token, name: "Minh", password: PASSWORD })).statusCode).toBe(200);
  });

  it("ends after three days", async () => {
    const token = await invite({ role: "counsellor" });
    bot.clock.advance(73 * HOUR);
    expect((await post("/join", { token, name: "Minh", password: PASSWORD })).statusCode).toBe(403);
  });

  it("is made by supervisors only", async () => {
    const minh = await join("Minh");
    expect((await post("/invitations", { role: "supervisor" }, minh)).statusCode).toBe(403);
  });

  it("for somebody who lost password and phone gives a new password, ends the old sign-ins and the second factor", async () => {
    const minh = await join("Minh");
    await bot.store.accounts.update((await bot.store.accounts.byName("Minh"))?.id as never, (now) => ({
      ...now,
      secondFactor: { secret: "JBSWY3DPEHPK3PXP", lastStep: 0 },
    }));
    bot.clock.advance(1000);
    const token = await invite({ accountId: await idOf("Minh") });
    expect((await post("/invited", { token })).json()).toEqual({ name: "Minh" });
    expect((await post("/join", { token, password: OTHER })).statusCode).toBe(200);
    expect((await get("/me", minh)).statusCode).toBe(401);
    expect((await signIn("Minh")).statusCode).toBe(401);
    expect((await signIn("Minh", OTHER)).statusCode).toBe(200);
  });
});

describe("closing an account", () => {
  it("signs that person out at once, everywhere, and lets them in no more", async () => {
    const minh = await join("Minh");
    expect((await post(`/accounts/${await idOf("Minh")}/close`, {}, lan)).statusCode).toBe(200);
    expect((await get("/queue", minh)).statusCode).toBe(401);
    expect((await signIn("Minh")).json().code).toBe("WRONG");
    expect(await acts()).toContain("account-closed");
    const { colleagues } = (await get("/colleagues", lan)).json();
    expect(colleagues).toEqual([]);
  });

  it("gives the people they held back to the queue, who are told", async () => {
    const minh = await join("Minh");
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [waiting] = await bot.store.handoffs.open();
    await post(`/cases/${waiting?.id}/act`, { actId: "claim-0001", act: { kind: "claim" } }, minh);
    expect((await bot.store.handoffs.open())[0]?.status).toBe("live");
    await post(`/accounts/${await idOf("Minh")}/close`, {}, lan);
    expect((await bot.store.handoffs.open())[0]).toMatchObject({ status: "waiting", counsellorId: null });
    const lines = await bot.store.transcript(waiting?.conversationId as never, { after: 0, limit: 50 });
    expect(lines.at(-1)?.speech?.text).toMatch(/trở lại hàng chờ.*111/);
  });

  it("is not for oneself, not for counsellors, and not for whom there is not", async () => {
    const minh = await join("Minh");
    expect((await post(`/accounts/${await idOf("Lan")}/close`, {}, lan)).json().code).toBe("OWN_ACCOUNT");
    expect((await post(`/accounts/${await idOf("Lan")}/close`, {}, minh)).statusCode).toBe(403);
    expect((await post("/accounts/nobody/close", {}, lan)).statusCode).toBe(404);
  });

  it("is taken back by a new link", async () => {
    await join("Minh");
    await post(`/accounts/${await idOf("Minh")}/close`, {}, lan);
    const token = await invite({ accountId: await idOf("Minh") });
    expect((await post("/join", { token, password: OTHER })).statusCode).toBe(200);
  });
});

describe("one's own password", () => {
  it("is changed with the present one; every other browser is signed out, this one goes on", async () => {
    const elsewhere = cookieOf(await signIn("Lan"));
    bot.clock.advance(1000);
    expect((await post("/password", { current: "sai rồi", next: OTHER }, lan)).json().code).toBe(
      "WRONG_PASSWORD",
    );
    const changed = await post("/password", { current: PASSWORD, next: OTHER }, lan);
    expect(changed.statusCode).toBe(200);
    expect((await get("/me", elsewhere)).statusCode).toBe(401);
    expect((await get("/me", cookieOf(changed))).statusCode).toBe(200);
    expect((await signIn("Lan")).statusCode).toBe(401);
    expect((await signIn("Lan", OTHER)).statusCode).toBe(200);
  });

  it("cannot be guessed from an open console either", async () => {
    for (let n = 0; n < 10; n++) await post("/password", { current: "sai", next: OTHER }, lan);
    expect((await post("/password", { current: PASSWORD, next: OTHER }, lan)).statusCode).toBe(429);
  });
});

describe("the second factor", () => {
  const codeAt = (secret: string, at: number) => new TOTP({ secret }).generate({ timestamp: at });
  async function enrol(): Promise<string> {
    const { secret, uri } = (await post("/second-factor", { password: PASSWORD }, lan)).json();
    expect(uri).toContain(`secret=${secret}`);
    const code = codeAt(secret, bot.clock.now());
    expect((await post("/second-factor/confirm", { code }, lan)).statusCode).toBe(200);
    return secret;
  }

  it("is asked for once a code of it was shown, and not before", async () => {
    await post("/second-factor", { password: PASSWORD }, lan);
    expect((await signIn("Lan")).statusCode).toBe(200);
    expect((await post("/second-factor/confirm", { code: "000000" }, lan)).json().code).toBe("WRONG_CODE");
    const secret = await enrol();
    expect((await get("/me", lan)).json()).toMatchObject({ hasSecondFactor: true });
    expect((await signIn("Lan")).json().code).toBe("CODE_NEEDED");
    bot.clock.advance(60_000);
    const code = codeAt(secret, bot.clock.now());
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect((await signIn("Lan", PASSWORD, { code: spaced })).statusCode).toBe(200);
  });

  it("takes a code once, also when it comes twice in the same moment, and none that is old", async () => {
    const secret = await enrol();
    bot.clock.advance(60_000);
    const code = codeAt(secret, bot.clock.now());
    const twice = await Promise.all([signIn("Lan", PASSWORD, { code }), signIn("Lan", PASSWORD, { code })]);
    expect(twice.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 401]);
    bot.clock.advance(120_000);
    expect((await signIn("Lan", PASSWORD, { code })).json().code).toBe("WRONG_CODE");
  });

  it("is not told to whoever has the wrong password, and guessing it is slowed down", async () => {
    const secret = await enrol();
    bot.clock.advance(60_000);
    expect((await signIn("Lan", "sai rồi")).json().code).toBe("WRONG");
    for (let n = 0; n < 10; n++) await signIn("Lan", PASSWORD, { code: "000000" });
    expect((await signIn("Lan", PASSWORD, { code: codeAt(secret, bot.clock.now()) })).statusCode).toBe(429);
  });

  it("is set with the password only: whoever finds an open console does not make it theirs", async () => {
    expect((await post("/second-factor", {}, lan)).statusCode).toBe(400);
    expect((await post("/second-factor", { password: "sai" }, lan)).statusCode).toBe(403);
    for (let n = 0; n < 9; n++) await post("/second-factor", { password: "sai" }, lan);
    expect((await post("/second-factor", { password: PASSWORD }, lan)).statusCode).toBe(429);
  });

  describe("where the house demands it", () => {
    beforeAll(() => void (needsSecondFactor = true));
    afterAll(() => void (needsSecondFactor = false));

    it("comes before everything else: no case, no colleague, no socket until it is set", async () => {
      expect((await get("/me", lan)).json()).toMatchObject({ mustSetSecondFactor: true });
      const all = ["/queue", "/cases/x/transcript", "/accounts", "/board", "/improvements", "/reviews/next"];
      for (const path of all) expect((await get(path, lan)).json().code).toBe("SECOND_FACTOR");
      expect(await desk.admit({ headers: { cookie: lan } } as never)).toBe(false);
      await enrol();
      expect((await get("/me", lan)).json()).toMatchObject({ mustSetSecondFactor: false });
      for (const path of ["/queue", "/accounts", "/board"])
        expect((await get(path, lan)).statusCode).toBe(200);
      expect(await desk.admit({ headers: { cookie: lan } } as never)).toBe(true);
      // Taking it away shuts one out again, at once.
      await post("/second-factor/remove", { password: PASSWORD }, lan);
      expect((await get("/queue", lan)).json().code).toBe("SECOND_FACTOR");
    });
  });

  it("is removed with the password only", async () => {
    await enrol();
    expect((await post("/second-factor/remove", { password: "sai" }, lan)).statusCode).toBe(403);
    expect((await post("/second-factor/remove", { password: PASSWORD }, lan)).statusCode).toBe(200);
    expect((await signIn("Lan")).statusCode).toBe(200);
  });
});

describe("a sign-in", () => {
  it("ends when the console was closed for an hour, and after twelve hours at the latest", async () => {
    bot.clock.advance(59 * 60_000);
    expect((await get("/me", lan)).statusCode).toBe(200);
    for (let n = 0; n < 10; n++) {
      bot.clock.advance(59 * 60_000);
      expect((await get("/queue", lan)).statusCode).toBe(200);
    }
    const other = cookieOf(await signIn("Lan"));
    bot.clock.advance(61 * 60_000);
    expect((await get("/me", other)).statusCode).toBe(401);
    bot.clock.advance(2 * HOUR);
    expect((await get("/me", lan)).statusCode).toBe(401);
  });

  it("is not brought back by what was still under way when it was closed", async () => {
    const [answer] = await Promise.all([post("/sign-out", {}, lan), get("/me", lan), get("/queue", lan)]);
    expect(answer.statusCode).toBe(200);
    expect((await get("/me", lan)).statusCode).toBe(401);
  });
});

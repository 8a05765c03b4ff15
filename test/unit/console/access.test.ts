import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { createConsole, type Console } from "../../../src/adapters/console/create-console.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { CONSOLE_HEADER } from "../../../src/wire/console.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { said } from "../../support/builders.ts";

const PASSWORD = "một mật khẩu dài";
const WHO = ["nobody", "a stolen cookie", "counsellor", "editor", "supervisor"] as const;
const NAMES = { counsellor: "Minh", editor: "Nga", supervisor: "Lan" } as const;
type Who = (typeof WHO)[number];

/** Who may call what. A route that is not here fails the test, and so does one that answers somebody else. */
const DECLARED: Readonly<Record<string, readonly Who[]>> = {
  "POST /console/api/setup": WHO,
  "POST /console/api/sign-in": WHO,
  "POST /console/api/sign-out": ["counsellor", "editor", "supervisor"],
  "GET /console/api/me": ["counsellor", "editor", "supervisor"],
  "GET /console/api/queue": ["counsellor", "supervisor"],
  "GET /console/api/cases/:id/transcript": ["counsellor", "supervisor"],
  "POST /console/api/cases/:id/act": ["counsellor", "supervisor"],
  "GET /console/api/cases/:id/referral": ["counsellor", "supervisor"],
  "GET /console/api/improvements": ["editor", "supervisor"],
  "GET /console/api/improvements.jsonl": ["editor", "supervisor"],
  "POST /console/api/improvements/:id": ["editor", "supervisor"],
  "GET /console/api/reviews/next": ["counsellor", "supervisor"],
  "POST /console/api/reviews/:id": ["counsellor", "supervisor"],
  "GET /console/api/reviews/weeks": ["supervisor"],
  "POST /console/api/drills/:id/heard": ["counsellor", "supervisor"],
  "GET /console/api/snippets": ["counsellor", "supervisor"],
  "GET /console/api/accounts": ["supervisor"],
  "POST /console/api/accounts/:id/close": ["supervisor"],
  "POST /console/api/invitations": ["supervisor"],
  "POST /console/api/invited": WHO,
  "POST /console/api/join": WHO,
  "POST /console/api/password": ["counsellor", "editor", "supervisor"],
  "POST /console/api/second-factor": ["counsellor", "editor", "supervisor"],
  "POST /console/api/second-factor/confirm": ["counsellor", "editor", "supervisor"],
  "POST /console/api/second-factor/remove": ["counsellor", "editor", "supervisor"],
  "GET /console/api/board": ["supervisor"],
  "GET /console/api/report": ["supervisor"],
  "GET /console/api/report.csv": ["supervisor"],
  "GET /console/api/colleagues": ["counsellor", "supervisor"],
};

describe("who may do what in the console", () => {
  const routes: string[] = [];
  let bot: ABot;
  let http: HttpServer;
  let desk: Console;
  let cookies: Record<Who, string>;

  const post = (path: string, payload: object, cookie = "") =>
    http.app.inject({
      method: "POST",
      url: `/console/api${path}`,
      payload,
      headers: { [CONSOLE_HEADER]: "1", cookie },
    });
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    String(answer.headers["set-cookie"]).split(";")[0] ?? "";

  beforeEach(async () => {
    bot = aBot();
    routes.length = 0;
    const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
    const { log } = bot;
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log,
      metrics,
      ready: async () => {},
    });
    http.app.addHook("onRoute", ({ method, url }) => {
      for (const each of [method].flat())
        if (each !== "HEAD" && url.startsWith("/console")) routes.push(`${each} ${url}`);
    });
    desk = createConsole({
      ...bot,
      labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
      quoteSigns: () => [],
      isSecure: false,
      needsSecondFactor: false,
      capacity: 4,
    });
    desk.register(http.app);
    http.onSocket(
      "/console/socket",
      (socket, request) => desk.accept(socket, request),
      (request) => desk.admit(request),
    );
    await http.app.listen({ host: "127.0.0.1", port: 0 });

    const supervisor = cookieOf(
      await post("/setup", { token: await desk.openSetup(), name: NAMES.supervisor, password: PASSWORD }),
    );
    const join = async (role: "counsellor" | "editor", name: string) => {
      const { token } = (await post("/invitations", { role }, supervisor)).json();
      return cookieOf(await post("/join", { token, name, password: PASSWORD }));
    };
    const [counsellor, editor] = [
      await join("counsellor", NAMES.counsellor),
      await join("editor", NAMES.editor),
    ];
    const forged = `${supervisor.slice(0, -6)}AAAAAA`;
    cookies = { nobody: "", "a stolen cookie": forged, counsellor, editor, supervisor };
    await createInboundHandler(bot)(said("cứu em !urgent"));
  });
  afterEach(async () => {
    desk.close();
    await http.close();
  });

  it("is declared for every route there is", () => {
    expect([...new Set(routes)].sort()).toEqual(Object.keys(DECLARED).sort());
  });

  it("holds for every pair of person and route", async () => {
    const id = (await bot.store.handoffs.open())[0]?.id ?? "";
    const table: Record<string, Who[]> = {};
    for (const route of Object.keys(DECLARED)) {
      const [method = "", path = ""] = route.split(" ");
      table[route] = [];
      for (const who of WHO) {
        const answer = await http.app.inject({
          method: method as "GET",
          url: path.replace(":id", id),
          ...(method === "POST" ? { payload: {} } : {}),
          headers: { [CONSOLE_HEADER]: "1", cookie: cookies[who] },
        });
        const isJson = /^application\/json(;|$)/.test(String(answer.headers["content-type"]));
        const { code } = isJson ? answer.json() : {};
        const isRefused = answer.statusCode === 401 ? code === "SIGN_IN" : code === "FORBIDDEN";
        if (!isRefused) table[route].push(who);
        // A sign-out in the middle would make the next ones look refused.
        if (route.endsWith("/sign-out") && !isRefused)
          cookies[who] = cookieOf(
            await post("/sign-in", { name: NAMES[who as keyof typeof NAMES], password: PASSWORD }),
          );
      }
    }
    expect(table).toEqual(DECLARED);
  });

  it("holds on the socket: nobody else gets in", async () => {
    const { port } = http.app.server.address() as AddressInfo;
    const admitted = await Promise.all(
      WHO.map(async (who) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/console/socket`, {
          headers: { cookie: cookies[who] },
        });
        const isOpen = await new Promise<boolean>((resolve) => {
          socket.once("open", () => resolve(true));
          socket.once("error", () => resolve(false));
        });
        socket.terminate();
        return isOpen ? [who] : [];
      }),
    );
    expect(admitted.flat()).toEqual(["counsellor", "supervisor"]);
  });

  it("holds inside the socket: typing and having seen are only for the counsellor who holds the case, and nothing else is heard", async () => {
    const { port } = http.app.server.address() as AddressInfo;
    const handoff = (await bot.store.handoffs.open())[0];
    await post(
      `/cases/${handoff?.id}/act`,
      { actId: "claim-0001", act: { kind: "claim" } },
      cookies.counsellor,
    );
    const typed: string[] = [];
    bot.events.subscribe((event) => typed.push(event.kind));
    const frames = [
      { t: "typing", conversationId: handoff?.conversationId },
      { t: "typing", conversationId: "somebody-else" },
      { t: "seen", conversationId: handoff?.conversationId, seq: 3 },
      { t: "seen", conversationId: "somebody-else", seq: 3 },
      { t: "claim", conversationId: handoff?.conversationId },
      { t: "say", conversationId: handoff?.conversationId, text: "x" },
    ];
    for (const [who, heard] of [
      ["supervisor", 0],
      ["counsellor", 1],
    ] as const) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/console/socket`, {
        headers: { cookie: cookies[who] },
      });
      // The first wake-up says that the server knows which cases are open.
      await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
      for (const frame of frames) socket.send(JSON.stringify(frame));
      await new Promise((resolve) => setTimeout(resolve, 150));
      socket.terminate();
      for (const told of ["counsellor-typing", "counsellor-seen"])
        expect(typed.filter((kind) => kind === told)).toHaveLength(heard);
    }
  });
});

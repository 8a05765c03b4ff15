import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { ServerFrame } from "../../src/wire/chat.ts";
import { CONSOLE_HEADER } from "../../src/wire/console.ts";
import { eventually } from "../support/eventually.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";
import { TelegramStandIn } from "../../src/cli/simulate/telegram-stand-in.ts";
import { ZaloStandIn } from "../../src/cli/simulate/zalo-stand-in.ts";

// Words that stand nowhere else: wherever one of them turns up, something that a person wrote got out.
const MARKS = {
  web: "zqwebmark7731",
  marked: "điềubímậtriêng7731",
  telegram: "zqtelegrammark7731",
  zalo: "zqzalomark7731",
  broken: "zqbrokenmark7731",
  counsellor: "zqcounsellormark7731",
  note: "zqnotemark7731",
  plan: "zqplanmark7731",
  password: "zqpasswordmark7731",
  name: "zqnamemark7731",
} as const;
const CHAT = 987_654_321_012;
const ZALO_PERSON = "7766554433221100998";
const KEY = "zqchatkeymark7731aaaaaaaa";

/** Every byte that the server keeps, as one string of single bytes. */
function bytesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name)).toString("latin1"))
    .join("\n");
}
const asBytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");

describe("what people write", () => {
  const telegram = new TelegramStandIn();
  const zalo = new ZaloStandIn({ now: () => Date.now() });
  const answers: string[] = [];
  let server: RunningServer;
  let socket: WebSocket;
  const frames: ServerFrame[] = [];

  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.base}${path}`, init);
    const body = await response.text();
    answers.push(JSON.stringify([...response.headers]), body);
    return { status: response.status, body, cookie: response.headers.get("set-cookie") ?? "" };
  };
  const post = (path: string, payload: string, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: payload,
      headers: { "content-type": "application/json", [CONSOLE_HEADER]: "1", ...headers },
    });

  beforeAll(async () => {
    await Promise.all([telegram.listen(), zalo.listen()]);
    server = await startServer({
      LOG_LEVEL: "debug",
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: `${telegram.url}/`,
      ZALO_APP_ID: zalo.appId,
      ZALO_APP_SECRET: zalo.appSecret,
      ZALO_OA_SECRET: zalo.oaSecret,
      ZALO_ACCESS_TOKEN: zalo.firstTokens.accessToken,
      ZALO_REFRESH_TOKEN: zalo.firstTokens.refreshToken,
      ZALO_API_ROOT: zalo.url,
      ZALO_OAUTH_ROOT: zalo.url,
    });
    zalo.webhookUrl = `${server.base}/zalo/webhook`;
    socket = new WebSocket(`${server.base.replace("http", "ws")}/chat/socket`);
    socket.on("message", (data) => frames.push(ServerFrame.parse(JSON.parse(String(data)))));
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  }, START_LIMIT_MS);

  afterAll(async () => {
    socket?.terminate();
    await server?.remove();
    await Promise.all([telegram.close(), zalo.close()]);
  });

  it("is answered on every channel", async () => {
    const send = (frame: unknown) => socket.send(JSON.stringify(frame));
    send({ t: "hello", v: 1, key: KEY, after: 0 });
    send({ t: "say", id: "mark-0001", text: `bị dọa tung ảnh ${MARKS.web} ${MARKS.marked}` });
    await telegram.writes(CHAT, `em bị dọa đánh ${MARKS.telegram}`);
    await zalo.writes(ZALO_PERSON, `con tôi bị lừa tiền ${MARKS.zalo}`);
    await eventually(() => {
      expect(
        frames.some((frame) => frame.t === "entries" && frame.entries.some(({ from }) => from === "bot")),
      ).toBe(true);
      expect(telegram.sentTo(CHAT)).not.toHaveLength(0);
      expect(zalo.sentTo(ZALO_PERSON)).not.toHaveLength(0);
    }, 20_000);
  }, 30_000);

  it("is read and answered in the console", async () => {
    const token = server.setupLink?.split("#setup=")[1] ?? "";
    const account = { token, name: MARKS.name, password: `${MARKS.password} dài` };
    const cookie = (await post("/console/api/setup", JSON.stringify(account))).cookie.split(";")[0] ?? "";
    expect(cookie).not.toBe("");
    const queue = JSON.parse((await ask("/console/api/queue", { headers: { cookie } })).body) as {
      cases: { id: string; channel: string }[];
    };
    const id = queue.cases.find(({ channel }) => channel === "web")?.id ?? "";
    expect(id).not.toBe("");
    const act = (actId: string, body: object) =>
      post(`/console/api/cases/${id}/act`, JSON.stringify({ actId, act: body }), { cookie });
    expect((await act("mark-claim", { kind: "claim" })).status).toBe(200);
    expect((await act("mark-say-1", { kind: "say", text: `mình đây ${MARKS.counsellor}` })).status).toBe(200);
    const plan = { signs: "", alone: "", places: "", people: MARKS.plan, helplines: "111", safer: "" };
    expect((await act("mark-note-1", { kind: "note", text: `ghi ${MARKS.note}` })).status).toBe(200);
    expect((await act("mark-plan-1", { kind: "plan", plan })).status).toBe(200);
    expect((await act("mark-mark-1", { kind: "mark", seq: 1, isMarked: true })).status).toBe(200);
    const listed = JSON.parse((await ask("/console/api/improvements", { headers: { cookie } })).body) as {
      lines: { id: string }[];
    };
    const decision = JSON.stringify({ intent: "sextortion", text: `một câu ${MARKS.note}` });
    const decided = await post(`/console/api/improvements/${listed.lines[0]?.id}`, decision, { cookie });
    expect(decided.status).toBe(200);
    for (const path of [`cases/${id}/referral`, "improvements.jsonl", "reviews/next", "reviews/weeks"])
      expect((await ask(`/console/api/${path}`, { headers: { cookie } })).status).toBe(200);
    // What the person sees holds nothing of what counsellors write for one another.
    const poll = JSON.stringify({ hello: { t: "hello", v: 1, key: KEY, after: 0 }, frames: [], wait: false });
    for (const secret of [MARKS.note, MARKS.plan]) {
      const seen = await post("/chat/poll", poll);
      expect(seen.body).toContain(MARKS.counsellor);
      expect(seen.body).not.toContain(secret);
      expect(JSON.stringify(frames)).not.toContain(secret);
    }
    // What the console shows to its counsellor is meant to be read there; it is not an answer that leaks.
    answers.length = 0;
    await post("/console/api/sign-in", JSON.stringify({ name: MARKS.name, password: MARKS.broken }));
  }, 30_000);

  it("also comes broken, to the wrong place, and too long", async () => {
    const { broken } = MARKS;
    for (const frame of [
      `{"t":"say","id":"x","text":"${broken}"`,
      `"${broken}"`,
      `{"t":"${broken}"}`,
      broken.repeat(9000),
    ])
      socket.send(frame);
    await Promise.all([
      ask(`/${broken}`),
      ask(`/chat?${broken}=${broken}`),
      ask(`/cards/${broken}/${broken}.vi.teen.png`),
      ask(`/%E0%A4%A${broken}`),
      post("/zalo/webhook", `{"${broken}":"${broken}`),
      post("/zalo/webhook", `{"event_name":"user_send_text","message":{"text":"${broken}"}}`, {
        "x-zevent-signature": `mac=${broken}`,
      }),
      post("/console/api/sign-in", `{"name":"${broken}"`),
      post(
        "/console/api/sign-in",
        JSON.stringify({ name: broken, password: broken.repeat(40), more: broken }),
      ),
      post("/console/api/cases/x/act", JSON.stringify({ actId: broken, act: { kind: broken } })),
      post("/console/api/setup", JSON.stringify({ token: broken.repeat(3), name: broken, password: broken })),
    ]);
    await telegram.sends(CHAT, { text: broken.repeat(300), entities: broken });
    await telegram.sends(CHAT, { caption: broken, photo: [{ file_id: broken }] });
    await zalo.arrives(ZALO_PERSON, broken, { text: broken });
    await eventually(() => expect(telegram.waitingUpdates()).toBe(0), 15_000);
  }, 30_000);

  const isolated = {
    ...MARKS,
    chat: String(CHAT),
    zaloPerson: ZALO_PERSON,
    key: KEY,
    telegramToken: "stand-in-token",
  };

  it.each(Object.entries(isolated))("leaves no trace of %s in what the process printed", (_name, mark) => {
    expect(server.printed()).toContain("Kề Bên is running");
    expect(server.printed()).not.toContain(mark);
  });

  it.each(Object.entries(isolated))(
    "leaves no trace of %s in metrics or in any answer of an error",
    async (_name, mark) => {
      const metrics = await (await fetch(`${server.base}/metrics`)).text();
      expect(metrics).toContain("# TYPE");
      expect(metrics).not.toContain(mark);
      expect(answers.length).toBeGreaterThan(20);
      expect(answers.join("\n")).not.toContain(mark);
    },
  );

  it.each(Object.entries(isolated))("leaves no readable trace of %s on the disk", async (_name, mark) => {
    // Killed first: whatever was still in memory is no excuse.
    await server.crash();
    const bytes = bytesOf(server.dataDir);
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(bytes.includes(asBytes(mark))).toBe(false);
    expect(bytes.includes(Buffer.from(mark, "utf16le").toString("latin1"))).toBe(false);
    expect(bytes.includes(Buffer.from(mark).toString("base64").slice(0, -4))).toBe(false);
    expect(bytes.includes(Buffer.from(mark).toString("hex"))).toBe(false);
  });
});

import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { CHAT_PROTOCOL, ServerFrame } from "../../wire/chat.ts";
import { CONSOLE_HEADER, ConsoleEvent, QueueAnswer, TranscriptAnswer } from "../../wire/console.ts";
import { InvitationAnswer } from "../../wire/team.ts";
import { startWorld } from "../chaos/world.ts";
import { type BenchRow, quantile } from "./measure.ts";

const CHATS = 500;
const COUNSELLORS = 25;
const PER_MINUTE = 3000;
const FOR_MS = 60_000;
const PASSWORD = "bốn từ dễ nhớ ghép lại";
const IN_PARALLEL = 20;
const GATHER_WITHIN_MS = 120_000;

interface Chat {
  readonly socket: WebSocket;
  readonly number: number;
}

interface Held {
  readonly caseId: string;
  lastSeq: number;
}

/**
 * A full house on one server in a process of its own: three of four messages are people's, one is a counsellor's. Each way,
 * from leaving one screen to standing on the other.
 */
export async function benchLive(): Promise<BenchRow[]> {
  const world = await startWorld({ store: "lmdb", isSplit: false });
  const [door] = world.doors;
  if (door === undefined) throw new Error("there is no server");
  const sentAt = new Map<string, number>();
  const spans = { toCounsellor: [] as number[], toPerson: [] as number[] };
  const note = (text: string, list: number[]) => {
    const mark = /\[\w+\.\d+\]/.exec(text)?.[0] ?? "";
    const at = sentAt.get(mark);
    if (at === undefined) return;
    sentAt.delete(mark);
    list.push(performance.now() - at);
  };
  const sockets: WebSocket[] = [];
  try {
    const first = await enter(door.base, "/setup", {
      token: world.setupToken,
      name: "c0",
      password: PASSWORD,
    });
    const desks = [first];
    for (let n = 1; n < COUNSELLORS; n++) {
      const { json } = await first.call("/invitations", { role: "counsellor" });
      const { token } = InvitationAnswer.parse(json);
      desks.push(await enter(door.base, "/join", { token, name: `c${n}`, password: PASSWORD }));
    }
    const chats = await inBatches(CHATS, (number) =>
      openChat(door.base, number, (text) => note(text, spans.toPerson)),
    );
    sockets.push(...chats.map(({ socket }) => socket));
    await until(async () => (await first.waiting()).length >= CHATS);
    const waiting = await first.waiting();
    const held = desks.map(() => new Map<string, Held>());
    await inBatches(CHATS, async (n) => {
      const [summary, desk, own] = [waiting[n], desks[n % COUNSELLORS], held[n % COUNSELLORS]];
      if (summary === undefined || desk === undefined || own === undefined) return;
      await desk.act(summary.id, { kind: "claim" });
      own.set(summary.conversationId, { caseId: summary.id, lastSeq: 0 });
    });
    for (const [n, desk] of desks.entries()) {
      const own = held[n] ?? new Map<string, Held>();
      sockets.push(await desk.listen(own, (text) => note(text, spans.toCounsellor)));
    }

    const cases = held.flatMap((own, n) =>
      [...own.values()].map(({ caseId }) => ({ caseId, desk: desks[n] })),
    );
    const startedAt = performance.now();
    const total = (PER_MINUTE * FOR_MS) / 60_000;
    const acts: Promise<unknown>[] = [];
    for (let n = 0; n < total; n++) {
      await pauseUntil(startedAt + (n * FOR_MS) / total);
      const mark = n % 4 === 3 ? `[c.${n}]` : `[p.${n}]`;
      sentAt.set(mark, performance.now());
      const picked = (n * 7919) % CHATS;
      const chat = chats[picked];
      const own = cases[picked];
      if (n % 4 !== 3)
        chat?.socket.send(JSON.stringify({ t: "say", id: newId(), text: `em kể tiếp nha ${mark}` }));
      else if (own?.desk !== undefined)
        acts.push(own.desk.act(own.caseId, { kind: "say", text: `Chị đây. ${mark}` }));
    }
    await Promise.all(acts);
    await pauseUntil(performance.now() + 3000);
    return rowsOf(spans, sentAt.size);
  } finally {
    for (const socket of sockets) socket.terminate();
    await world.end();
  }
}

function rowsOf(
  spans: { readonly toCounsellor: number[]; readonly toPerson: number[] },
  missing: number,
): BenchRow[] {
  const name = `${CHATS} live chats, ${PER_MINUTE} messages a minute`;
  const row = (figure: string, value: number, of: Pick<BenchRow, "unit" | "budget">): BenchRow => ({
    ...{ name, figure, value, ...of },
    baseline: null,
  });
  const ms = { unit: "ms", budget: 300 };
  const p95 = (list: number[]) =>
    quantile(
      [...list].sort((a, b) => a - b),
      0.95,
    );
  return [
    row("person to counsellor's screen: p95", p95(spans.toCounsellor), ms),
    row("counsellor to person's screen: p95", p95(spans.toPerson), ms),
    row("not arrived after three seconds", missing, { unit: "", budget: 0 }),
  ];
}

async function enter(base: string, path: string, body: object) {
  let cookie = "";
  async function call(to: string, what?: object): Promise<{ json: unknown; cookie: string }> {
    const response = await fetch(`${base}/console/api${to}`, {
      method: what === undefined ? "GET" : "POST",
      headers: { cookie, [CONSOLE_HEADER]: "1", "content-type": "application/json" },
      ...(what === undefined ? {} : { body: JSON.stringify(what) }),
    });
    const json: unknown = await response.json();
    if (!response.ok) throw new Error(`${to} answered ${response.status}`);
    return { json, cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
  }
  ({ cookie } = await call(path, body));

  /** As the page does: an event wakes it, and it fetches what it does not have. */
  async function fetchNew(own: Held, onLine: (text: string) => void): Promise<void> {
    const { json } = await call(`/cases/${own.caseId}/transcript?after=${own.lastSeq}`);
    for (const { seq, text, from } of TranscriptAnswer.parse(json).entries) {
      if (seq <= own.lastSeq) continue;
      own.lastSeq = seq;
      if (from === "person") onLine(text);
    }
  }
  return {
    call,
    waiting: async () =>
      QueueAnswer.parse((await call("/queue")).json).cases.filter(({ status }) => status === "waiting"),
    act: (caseId: string, act: object) => call(`/cases/${caseId}/act`, { actId: newId(), act }),
    async listen(own: Map<string, Held>, onLine: (text: string) => void): Promise<WebSocket> {
      const socket = new WebSocket(`${base.replace(/^http/, "ws")}/console/socket`, { headers: { cookie } });
      socket.on("message", (data: Buffer) => {
        const event = ConsoleEvent.parse(JSON.parse(data.toString("utf8")));
        if (event.t === "queue") void call("/queue").catch(() => {});
        const found = event.t === "transcript" ? own.get(event.conversationId) : undefined;
        if (found !== undefined) void fetchNew(found, onLine).catch(() => {});
      });
      await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
      return socket;
    },
  };
}

async function openChat(base: string, number: number, onLine: (text: string) => void): Promise<Chat> {
  const socket = new WebSocket(`${base.replace(/^http/, "ws")}/chat/socket`);
  socket.on("message", (data: Buffer) => {
    const frame = ServerFrame.parse(JSON.parse(data.toString("utf8")));
    if (frame.t !== "entries") return;
    for (const { from, text } of frame.entries) if (from === "counsellor") onLine(text);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const key = randomBytes(16).toString("base64url");
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  send({ t: "hello", v: CHAT_PROTOCOL, key, after: 0, locale: "vi" });
  send({ t: "say", id: newId(), text: "chào bạn" });
  send({ t: "choose", id: newId(), value: "a:request-counsellor" });
  return { socket, number };
}

async function inBatches<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let from = 0; from < count; from += IN_PARALLEL) {
    const size = Math.min(IN_PARALLEL, count - from);
    done.push(...(await Promise.all(Array.from({ length: size }, (_each, n) => work(from + n)))));
  }
  return done;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + GATHER_WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error("the house did not fill in time");
    await pauseUntil(performance.now() + 500);
  }
}

const newId = () => randomBytes(9).toString("base64url");
const pauseUntil = (at: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));

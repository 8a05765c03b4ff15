import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createWebhookAlarm } from "../../src/adapters/alarm/create-webhook-alarm.ts";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { type Alarm, lookOnce, type WatchDeps } from "../../src/app/watch-cases.ts";
import { dueSteps } from "../../src/domain/handoff/alarm-ladder.ts";
import type { Handoff } from "../../src/domain/handoff/handoff.ts";
import { hasLapsed } from "../../src/domain/handoff/lease.ts";
import { CounsellorId } from "../../src/domain/kernel/ids.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { said } from "../support/builders.ts";

const LAN = CounsellorId.parse("lan");
const MINH = CounsellorId.parse("minh");
const limits = { urgentMs: 90_000, otherMs: 180_000 };
const ladder = { "second-channel": 60_000, supervisor: 120_000 };

describe("people whom nobody looks after", () => {
  let bot: ABot;
  let told: Alarm[];
  let deps: WatchDeps;

  beforeEach(() => {
    bot = aBot();
    told = [];
    const alarms = { send: async (alarm: Alarm) => void told.push(alarm) };
    deps = { ...bot, alarms, limits, ladder };
  });

  async function aCase(text = "cứu em !urgent"): Promise<Handoff> {
    await createInboundHandler(bot)(said(text));
    return theCase();
  }
  async function theCase(): Promise<Handoff> {
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("there is no open case");
    return handoff;
  }
  const act = (counsellorId: CounsellorId, body: Parameters<typeof bot.actOnHandoff>[0]["act"]) =>
    theCase().then(({ id }) =>
      bot.actOnHandoff({ actId: `act-${Math.random()}`, handoffId: id, counsellorId, act: body }),
    );
  const wait = (ms: number) => bot.clock.advance(ms);
  const look = (startedAt = 0) => lookOnce(deps, startedAt);
  const lastWords = async () =>
    (await bot.store.transcript((await theCase()).conversationId, { after: 0, limit: 100 })).at(-1)?.speech
      ?.text ?? "";

  it("keeps a case with a counsellor whose console is there", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    for (let minute = 0; minute < 30; minute++) {
      wait(60_000);
      await bot.presence.seen(LAN);
      await look();
    }
    expect(await theCase()).toMatchObject({ status: "live", counsellorId: LAN });
  });

  it("gives a case back when the console is gone, with its place in the queue, and tells the person", async () => {
    const { requestedAt } = await aCase();
    await act(LAN, { kind: "claim" });
    await bot.presence.seen(LAN);
    wait(91_000);
    await look();
    expect(await theCase()).toMatchObject({ status: "waiting", counsellorId: null, requestedAt });
    expect(await lastWords()).toMatch(/mất kết nối.*111/);
    expect((await bot.store.audit.recent(5)).map((event) => event.act)).toContain("handoff-lapsed");
  });

  it("happens once, however many processes look at the same time", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    wait(91_000);
    await Promise.all([look(), look(), look()]);
    const entries = await bot.store.transcript((await theCase()).conversationId, { after: 0, limit: 100 });
    expect(entries.filter(({ speech }) => speech?.text.includes("mất kết nối"))).toHaveLength(1);
  });

  it("tells a sender whose offer nobody took within a minute; until then it is left alone", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    await act(LAN, { kind: "offer", to: MINH });
    const offeredAt = bot.clock.now();
    wait(59_999);
    await look();
    expect(await theCase()).toMatchObject({ transfer: { state: "open" } });
    wait(1);
    await Promise.all([look(), look(), act(MINH, { kind: "accept", offeredAt })]);
    expect(await theCase()).toMatchObject({ counsellorId: LAN, transfer: { state: "timed-out", from: LAN } });
  });

  it("lets a colleague take it, and refuses what the first one sends after that", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    wait(91_000);
    await look();
    expect(await act(MINH, { kind: "claim" })).toEqual({ kind: "done" });
    expect(await act(LAN, { kind: "say", text: "chị đây" })).toEqual({
      kind: "refused",
      reason: "not-yours",
    });
  });

  it("does not blame a counsellor for the time in which no server ran", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    wait(3_600_000);
    await look(bot.clock.now() - 10_000);
    expect((await theCase()).status).toBe("live");
  });

  it("tells the second channel after a minute and the supervisor after two, each once", async () => {
    const { id } = await aCase();
    await look();
    expect(told).toEqual([]);
    wait(61_000);
    await look();
    await look();
    wait(60_000);
    await look();
    await look();
    expect(told).toEqual([
      { step: "second-channel", handoffId: id, level: "urgent", waitedSeconds: 61 },
      { step: "supervisor", handoffId: id, level: "urgent", waitedSeconds: 121 },
    ]);
  });

  it("stops when the case is taken", async () => {
    await aCase();
    await act(LAN, { kind: "claim" });
    wait(80_000);
    await bot.presence.seen(LAN);
    await look();
    expect(told).toEqual([]);
  });

  it("tries again when the channel did not answer", async () => {
    await aCase();
    wait(61_000);
    const down = { ...deps, alarms: { send: async () => Promise.reject(new Error("down")) } };
    await lookOnce(down, 0);
    await look();
    expect(told).toHaveLength(1);
  });
});

describe("the alarm's webhook", () => {
  let server: Server;
  let received: { body: string }[];
  let status: number;
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`;
  const alarm = {
    step: "supervisor",
    handoffId: "case-1",
    level: "emergency",
    waitedSeconds: 121,
  } as unknown as Alarm;

  beforeEach(async () => {
    received = [];
    status = 200;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        received.push({ body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("says in one text who waits, for how long, and where to look", async () => {
    await createWebhookAlarm(url(), "https://kb.example/console").send(alarm);
    const { text, ...rest } = JSON.parse(received[0]?.body ?? "{}") as Record<string, unknown>;
    expect(text).toMatch(/emergency.*121.*https:\/\/kb\.example\/console/);
    expect(rest).toEqual({
      step: "supervisor",
      case: "case-1",
      level: "emergency",
      waitedSeconds: 121,
      console: "https://kb.example/console",
    });
  });

  it("fails without telling its address, which may be a secret", async () => {
    status = 500;
    await expect(createWebhookAlarm(url(), "x").send(alarm)).rejects.toThrow(
      /^the alarm's webhook answered 500$/,
    );
  });
});

describe("laws of leases and alarms", () => {
  const level = fc.constantFrom("none", "concern", "urgent", "emergency");
  const aHandoff = fc
    .record({ level, status: fc.constantFrom("waiting", "live", "resolved", "abandoned"), at: fc.nat(1e9) })
    .map(({ level: each, status, at }) => {
      const risk = { level: each, category: "violence", signals: [] };
      return {
        status,
        risk,
        requestedAt: at,
        claimedAt: status === "live" ? at : null,
      } as unknown as Handoff;
    });

  it("a console that spoke within the limit never loses a case, whatever the case", () => {
    fc.assert(
      fc.property(aHandoff, fc.nat(1e9), fc.nat(90_000), (handoff, later, silence) => {
        const now = (handoff.claimedAt ?? 0) + later + silence;
        expect(hasLapsed(handoff, { seenAt: now - silence, now }, limits)).toBe(false);
      }),
    );
  });

  it("a step that was taken is never due again, and nothing is due for a case that does not wait", () => {
    fc.assert(
      fc.property(aHandoff, fc.nat(1e6), (handoff, waited) => {
        const now = handoff.requestedAt + waited;
        const due = dueSteps(handoff, { taken: [], now }, ladder);
        expect(dueSteps(handoff, { taken: due, now }, ladder)).toEqual([]);
        if (handoff.status !== "waiting") expect(due).toEqual([]);
      }),
    );
  });
});

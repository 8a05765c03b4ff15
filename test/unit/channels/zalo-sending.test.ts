import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createZaloDriver } from "../../../src/adapters/channels/zalo/send.ts";
import { createTokenKeeper } from "../../../src/adapters/channels/zalo/token-keeper.ts";
import { createZaloApi } from "../../../src/adapters/channels/zalo/zalo-api.ts";
import type { OutboundMessage, Settings } from "../../../src/app/ports.ts";
import type { Speech } from "../../../src/domain/conversation/message.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { aConversation, botEntry, conversationId } from "../../support/builders.ts";
import { createSimulatedClock, type SimulatedClock } from "../../support/simulated-clock.ts";
import { ZaloStandIn } from "../../../src/cli/simulate/zalo-stand-in.ts";

const HOUR = 3600 * 1000;
const BUTTONS = Array.from({ length: 7 }, (_each, index) => ({
  label: `Nút ${index + 1}`,
  value: `f:flow_${index + 1}`,
}));

let clock: SimulatedClock;
let standIn: ZaloStandIn;
let bot: ABot;
beforeEach(async () => {
  clock = createSimulatedClock();
  standIn = await new ZaloStandIn(clock).listen();
  // Zalo takes messages only for people who wrote first.
  for (const person of ["501", "502"]) standIn.event(person, "user_send_text", {});
  bot = aBot();
});
afterEach(() => standIn.close());

function aKeeper(settings: Settings = bot.store.settings, seed = standIn.firstTokens) {
  const { appId, appSecret, url } = standIn;
  const api = createZaloApi({ appId, appSecret, apiRoot: url, oauthRoot: `${url}/` });
  const { leases } = bot.store;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms / 50));
  return { api, tokens: createTokenKeeper({ settings, leases, api, seed, clock, log: bot.log, wait }) };
}

function aDriver(openButtons = BUTTONS) {
  const { api, tokens } = aKeeper();
  const store = { load: async () => aConversation({ openButtons }), paces: bot.store.paces };
  return createZaloDriver({
    api,
    tokens,
    store,
    cards: bot.cards,
    clock,
    log: bot.log,
    wait: async (ms) => clock.advance(Math.ceil(ms)),
  });
}

function anOutbound(speech: Partial<Speech> = {}, over: Partial<OutboundMessage> = {}): OutboundMessage {
  const entry = {
    ...botEntry(1, "x"),
    speech: { text: "Chào bạn", points: [], helplines: [], buttons: [], tone: "plain" as const, ...speech },
  };
  return {
    id: "c.1",
    conversationId: conversationId("zwho"),
    channel: "zalo",
    address: "501",
    entry,
    ...over,
  };
}

describe("sending to Zalo", () => {
  it("shows five buttons and, always, all of them as a numbered menu", async () => {
    expect(await aDriver().send(anOutbound({ buttons: BUTTONS, points: ["Một việc"] }))).toEqual({
      kind: "sent",
    });
    const [sent] = standIn.sentTo("501");
    expect(sent?.buttons.map(({ title, type, payload }) => `${title} ${type} ${payload}`)[0]).toBe(
      "Nút 1 oa.query.hide #k:f:flow_1",
    );
    expect(sent?.buttons).toHaveLength(5);
    expect(sent?.text).toContain("• Một việc");
    expect(sent?.text).toMatch(/Trả lời bằng số để chọn:\n1\. Nút 1\n[\s\S]*7\. Nút 7$/);
  });

  it("numbers a menu as the conversation counts it, and promises no number that would pick something else", async () => {
    const open = [{ label: "Trước", value: "f:before" }, ...BUTTONS.slice(0, 1)];
    await aDriver(open).send(anOutbound({ buttons: BUTTONS.slice(0, 2) }));
    expect(standIn.sentTo("501")[0]?.text).toMatch(/2\. Nút 1\n• Nút 2$/);
  });

  it("does without buttons, from then on, when Zalo does not take them", async () => {
    standIn.takesButtons = false;
    const driver = aDriver();
    expect(await driver.send(anOutbound({ buttons: BUTTONS }))).toEqual({ kind: "sent" });
    expect(await driver.send(anOutbound({ buttons: BUTTONS }, { id: "c.2" }))).toEqual({ kind: "sent" });
    expect(standIn.sentTo("501").map(({ buttons }) => buttons.length)).toEqual([0, 0]);
    expect(bot.logged.filter((line) => line.startsWith("zalo-buttons-refused"))).toHaveLength(1);
  });

  it("sends letters as Zalo counts them", async () => {
    await aDriver().send(anOutbound({ text: "tiếng Việt".normalize("NFD") }));
    expect(standIn.sentTo("501")[0]?.text).toBe("tiếng Việt");
  });

  it.each([-201, -210, -213, -217, -218, -227, -230, -232, -233, -244, -248, -9999])(
    "gives up on error %d and says so",
    async (error) => {
      standIn.faults.push({ kind: "error", error });
      expect(await aDriver().send(anOutbound())).toEqual({ kind: "refused", code: `ZALO_${error}` });
    },
  );

  it.each([
    ["the rate limit", { kind: "error", error: -32 } as const],
    ["a failed send", { kind: "error", error: -200 } as const],
    ["a quota", { kind: "error", error: -211 } as const],
    ["a broken server", { kind: "status", status: 502 } as const],
    ["a cut line", { kind: "hang-up" } as const],
  ])("tries again after %s, then delivers once", async (_name, fault) => {
    const driver = aDriver();
    standIn.faults.push(fault);
    expect(await driver.send(anOutbound())).toEqual({ kind: "later", retryAfterMs: 1000 });
    clock.advance(1000);
    expect(await driver.send(anOutbound())).toEqual({ kind: "sent" });
    expect(standIn.sentTo("501")).toHaveLength(1);
  });

  it.each([-204, -209, -219, -221, -224, -242, -320])(
    "stops all sending on error %d, calls people once, and keeps the words",
    async (error) => {
      const driver = aDriver();
      standIn.faults.push({ kind: "error", error });
      expect(await driver.send(anOutbound())).toEqual({
        kind: "later",
        retryAfterMs: 600_000,
        because: "token",
      });
      expect(await driver.send(anOutbound({}, { id: "c.2", address: "502" }))).toMatchObject({
        kind: "later",
      });
      expect(standIn.sentTo("501")).toHaveLength(0);
      expect(bot.logged).toEqual([`zalo-sending-stopped {"code":"ZALO_${error}"}`]);
      clock.advance(600_000);
      expect(await driver.send(anOutbound())).toEqual({ kind: "sent" });
    },
  );

  it("gives up on words two days old and on a person without an address", async () => {
    expect(await aDriver().send(anOutbound({}, { address: null }))).toEqual({
      kind: "refused",
      code: "NO_ADDRESS",
    });
    clock.advance(49 * HOUR);
    expect(await aDriver().send(anOutbound())).toEqual({ kind: "refused", code: "TOO_LATE" });
  });
});

describe("the token of the Zalo account", () => {
  it("is renewed once when many sends find it expired at the same time, and all are delivered", async () => {
    const driver = aDriver();
    await driver.send(anOutbound());
    standIn.expireToken();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_each, index) => driver.send(anOutbound({}, { id: `d.${index}` }))),
    );
    expect(results.every(({ kind }) => kind === "sent")).toBe(true);
    expect(standIn.refreshCalls).toBe(1);
    expect(standIn.sentTo("501")).toHaveLength(21);
  });

  it("is stored, with the pair before it, before anybody uses it, and found again after a restart", async () => {
    standIn.expireToken();
    await aDriver().send(anOutbound());
    expect(await bot.store.settings.get("zalo.tokens")).toMatchObject({
      accessToken: "access-1",
      refreshToken: "refresh-1",
      previous: { accessToken: "access-0", refreshToken: "refresh-0" },
    });
    expect(await aKeeper().tokens.current()).toBe("access-1");
    standIn.expireToken();
    expect(await aDriver().send(anOutbound({}, { id: "c.2" }))).toEqual({ kind: "sent" });
    expect(standIn.refreshCalls).toBe(2);
  });

  it("is not lost when it cannot be stored at first: it is stored before it is used, without a second renewal", async () => {
    let isBroken = false;
    const { settings } = bot.store;
    const { tokens } = aKeeper({
      get: (name) => settings.get(name),
      put: async (name, value) => {
        if (isBroken) throw new Error("disk full");
        await settings.put(name, value);
      },
    });
    await tokens.current();
    isBroken = true;
    await expect(tokens.renew("access-0")).rejects.toThrow("disk full");
    await expect(tokens.current()).rejects.toThrow("disk full");
    isBroken = false;
    expect(await tokens.current()).toBe("access-1");
    expect(standIn.refreshCalls).toBe(1);
    expect(await settings.get("zalo.tokens")).toMatchObject({ refreshToken: "refresh-1" });
  });

  it("is renewed after twenty hours, before it ends", async () => {
    const { tokens } = aKeeper();
    await tokens.current();
    clock.advance(19 * HOUR);
    expect(await tokens.current()).toBe("access-0");
    clock.advance(1.5 * HOUR);
    expect(await tokens.current()).toBe("access-1");
    clock.advance(19 * HOUR);
    expect(await tokens.current()).toBe("access-1");
  });

  it("stays in use while Zalo's sign-in is away, which is asked again a minute later", async () => {
    const { tokens } = aKeeper();
    await tokens.current();
    clock.advance(21 * HOUR);
    standIn.refreshFault = { kind: "hang-up" };
    expect(await tokens.current()).toBe("access-0");
    standIn.refreshFault = null;
    expect(await tokens.current()).toBe("access-0");
    clock.advance(60_000);
    expect(await tokens.current()).toBe("access-1");
  });

  it("calls people when the refresh token is dead, keeps the words, and goes on with a new pair from the environment", async () => {
    standIn.expireToken();
    standIn.refreshFault = { kind: "error", error: -14014 };
    const driver = aDriver();
    for (let tries = 0; tries < 3; tries++)
      expect(await driver.send(anOutbound())).toMatchObject({ kind: "later" });
    expect(standIn.refreshCalls).toBe(1);
    expect(bot.logged.filter((line) => line.startsWith("zalo-token-dead"))).toHaveLength(1);
    const { tokens } = aKeeper(bot.store.settings, {
      accessToken: "access-new",
      refreshToken: "refresh-new",
    });
    expect(await tokens.current()).toBe("access-new");
    expect(bot.logged.join()).not.toMatch(/access-|refresh-/);
  });

  it("is taken over when another process was faster, without spending the refresh token", async () => {
    const [one, other] = [aKeeper().tokens, aKeeper().tokens];
    await one.current();
    await other.current();
    expect(await one.renew("access-0")).toEqual({ kind: "fresh", accessToken: "access-1" });
    expect(await other.renew("access-0")).toEqual({ kind: "fresh", accessToken: "access-1" });
    expect(standIn.refreshCalls).toBe(1);
  });

  it("is renewed once when several processes find it expired in the same moment", async () => {
    const keepers = Array.from({ length: 6 }, () => aKeeper().tokens);
    await keepers[0]?.current();
    const renewals = await Promise.all(keepers.map((each) => each.renew("access-0")));
    expect(renewals).toEqual(keepers.map(() => ({ kind: "fresh", accessToken: "access-1" })));
    expect(standIn.refreshCalls).toBe(1);
    expect(bot.logged.join()).not.toContain("zalo-token-dead");
  });

  it("is not spent by a second process while the first has a new pair that it could not store yet", async () => {
    const { settings } = bot.store;
    let isBroken = true;
    const { tokens: holding } = aKeeper({
      get: (name) => settings.get(name),
      put: async (name, value) => {
        if (isBroken) throw new Error("disk full");
        await settings.put(name, value);
      },
    });
    const { tokens: other } = aKeeper();
    await other.current();
    await expect(holding.renew("access-0")).rejects.toThrow("disk full");
    expect(await other.renew("access-0")).toEqual({ kind: "later" });
    isBroken = false;
    expect(await holding.current()).toBe("access-1");
    expect(await other.renew("access-0")).toEqual({ kind: "fresh", accessToken: "access-1" });
    expect(standIn.refreshCalls).toBe(1);
  });

  it("is not read from a row that is not ours", async () => {
    await bot.store.settings.put("zalo.tokens", { accessToken: 5 });
    expect(await aKeeper().tokens.current()).toBe("access-0");
  });
});

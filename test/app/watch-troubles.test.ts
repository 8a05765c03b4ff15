import { beforeEach, describe, expect, it } from "@jest/globals";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { type Alarm, lookOnce, type WatchDeps } from "../../src/app/watch-cases.ts";
import type { Handoff } from "../../src/domain/handoff/handoff.ts";
import { CounsellorId } from "../../src/domain/kernel/ids.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { conversationId, said } from "../support/builders.ts";

const LAN = CounsellorId.parse("lan");
const MINH = CounsellorId.parse("minh");

describe("the watch over cases, when something is in trouble itself", () => {
  let bot: ABot;
  let told: Alarm[];
  let gauges: Map<string, number>;
  let deps: WatchDeps;

  beforeEach(() => {
    gauges = new Map();
    const gauge = (name: string, value: number) => void gauges.set(name, value);
    bot = aBot({ metrics: { count: () => {}, observe: () => {}, gauge } });
    told = [];
    deps = {
      ...bot,
      alarms: { send: async (alarm) => void told.push(alarm) },
      limits: { urgentMs: 90_000, otherMs: 180_000 },
      ladder: { "second-channel": 60_000, supervisor: 120_000 },
    };
  });

  async function aCase(name: string): Promise<Handoff> {
    await createInboundHandler(bot)(said("cứu em !urgent", { conversationId: conversationId(name) }));
    const found = (await bot.store.handoffs.open()).find((each) => each.conversationId === name);
    if (found === undefined) throw new Error("there is no open case");
    return found;
  }
  const claim = (who: CounsellorId, { id }: Handoff) =>
    bot.actOnHandoff({
      actId: `claim-${who}-${id}`,
      handoffId: id,
      counsellorId: who,
      act: { kind: "claim" },
    });
  const statusOf = async ({ id }: Handoff) => (await bot.store.handoffs.get(id))?.status;
  const steps = () => told.map(({ step }) => step);

  it("rings the second channel again for a case that lapsed after its alarms had been answered by a claim", async () => {
    const handoff = await aCase("w1");
    bot.clock.advance(121_000);
    await lookOnce(deps, 0);
    await claim(LAN, handoff);
    await lookOnce(deps, 0);
    expect(steps()).toEqual(["second-channel", "supervisor"]);
    bot.clock.advance(91_000);
    await lookOnce(deps, 0);
    await lookOnce(deps, 0);
    expect(await statusOf(handoff)).toBe("waiting");
    expect(steps()).toEqual(["second-channel", "supervisor", "second-channel", "supervisor"]);
  });

  it("one case that cannot be given back keeps no other person waiting, and no alarm from ringing", async () => {
    const broken = await aCase("w1");
    const other = await aCase("w2");
    const waiting = await aCase("w3");
    await claim(LAN, broken);
    await claim(MINH, other);
    bot.clock.advance(91_000);
    const act: WatchDeps["actOnHandoff"] = (request) =>
      request.handoffId === broken.id ? Promise.reject(new Error("broken")) : bot.actOnHandoff(request);
    await lookOnce({ ...deps, actOnHandoff: act }, 0);
    expect(await statusOf(other)).toBe("waiting");
    expect(told.map(({ handoffId }) => handoffId)).toContain(waiting.id);
    expect(bot.logged.join("\n")).toContain(broken.id);
  });

  it("does not take a case from a counsellor who took it anew while the watch was looking", async () => {
    const handoff = await aCase("w1");
    await claim(LAN, handoff);
    bot.clock.advance(91_000);
    const act: WatchDeps["actOnHandoff"] = async (request) => {
      const by = { handoffId: handoff.id, counsellorId: LAN };
      await bot.actOnHandoff({ ...by, actId: "back-then", act: { kind: "release" } });
      await bot.actOnHandoff({ ...by, actId: "again-now", act: { kind: "claim" } });
      return bot.actOnHandoff(request);
    };
    await lookOnce({ ...deps, actOnHandoff: act }, 0);
    expect(await statusOf(handoff)).toBe("live");
  });

  it("a webhook that hangs for each case costs the look no more than one wait", async () => {
    for (let each = 0; each < 20; each++) await aCase(`w${each}`);
    bot.clock.advance(61_000);
    let atOnce = 0;
    let most = 0;
    const send = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce--;
      throw new Error("nobody answers");
    };
    await lookOnce({ ...deps, alarms: { send } }, 0);
    expect(most).toBe(20);
  });

  it("counts who is still waiting after the whole ladder, until somebody comes", async () => {
    const handoff = await aCase("w1");
    await aCase("w2");
    bot.clock.advance(119_000);
    await lookOnce(deps, 0);
    expect(gauges.get("escalations_unacknowledged")).toBe(0);
    bot.clock.advance(2000);
    await lookOnce(deps, 0);
    expect(gauges.get("escalations_unacknowledged")).toBe(2);
    await claim(LAN, handoff);
    await lookOnce(deps, 0);
    expect(gauges.get("escalations_unacknowledged")).toBe(1);
  });
});

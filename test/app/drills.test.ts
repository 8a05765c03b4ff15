import { describe, expect, it } from "@jest/globals";
import { ANSWER_WITHIN_MS, hearDrill, lookAtDrill, readDrill } from "../../src/app/drills.ts";
import { aBot } from "../support/a-bot.ts";
import { anAccount, counsellorId } from "../support/builders.ts";

const SHIFT = 8 * 3600_000;
const LAN = counsellorId("lan");

async function aHouse() {
  const gauges = new Map<string, number>();
  const bot = aBot({
    metrics: { count: () => {}, observe: () => {}, gauge: (name, value) => void gauges.set(name, value) },
  });
  await bot.store.accounts.create(anAccount({ id: LAN, name: "Lan" }));
  const { shelf } = bot.store;
  let woken = 0;
  bot.events.subscribe(({ kind }) => void (woken += Number(kind === "queue")));
  return {
    bot,
    look: () => lookAtDrill({ ...bot, everyMs: SHIFT }),
    ringing: () => readDrill(shelf, bot.clock.now()),
    hear: (id: string) => hearDrill({ shelf, clock: bot.clock }, id, LAN),
    unheard: () => gauges.get("drill_unheard"),
    woken: () => woken,
    sits: () => bot.presence.seen(LAN),
  };
}

describe("a trial of the alarm", () => {
  it("rings once a shift while somebody is there, and not in the first minutes of a new house", async () => {
    const house = await aHouse();
    await house.sits();
    await house.look();
    expect(await house.ringing()).toBeNull();
    house.bot.clock.advance(SHIFT);
    await house.look();
    expect(await house.ringing()).toBeNull();
    await house.sits();
    await house.look();
    const drill = await house.ringing();
    expect(drill).not.toBeNull();
    expect(house.woken()).toBe(1);
    await house.look();
    expect(await house.ringing()).toEqual(drill);
    expect(house.woken()).toBe(1);
  });

  it("is over once somebody has heard it, and the figures say so", async () => {
    const house = await aHouse();
    await house.look();
    house.bot.clock.advance(SHIFT);
    await house.sits();
    await house.look();
    const { id = "" } = (await house.ringing()) ?? {};
    expect(await house.hear("another")).toBe(false);
    expect(await house.hear(id)).toBe(true);
    expect(await house.hear(id)).toBe(true);
    expect(await house.ringing()).toBeNull();
    house.bot.clock.advance(ANSWER_WITHIN_MS);
    await house.look();
    expect(house.unheard()).toBe(0);
  });

  it("that nobody hears is told after two minutes, stops ringing, and is tried again the next shift", async () => {
    const house = await aHouse();
    await house.look();
    house.bot.clock.advance(SHIFT);
    await house.sits();
    await house.look();
    expect(house.unheard()).toBe(0);
    house.bot.clock.advance(ANSWER_WITHIN_MS);
    await house.look();
    expect(house.unheard()).toBe(1);
    house.bot.clock.advance(SHIFT - ANSWER_WITHIN_MS - 1);
    expect(await house.ringing()).toBeNull();
    await house.look();
    expect(house.unheard()).toBe(1);
    house.bot.clock.advance(1);
    await house.sits();
    await house.look();
    const { id = "" } = (await house.ringing()) ?? {};
    await house.hear(id);
    await house.look();
    expect(house.unheard()).toBe(0);
  });

  it("is rung by one process, however many look", async () => {
    const house = await aHouse();
    await house.look();
    house.bot.clock.advance(SHIFT);
    await house.sits();
    await Promise.all([house.look(), house.look(), house.look()]);
    expect(house.woken()).toBe(1);
  });
});

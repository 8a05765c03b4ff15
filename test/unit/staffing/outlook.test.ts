import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createWaitingOutlook } from "../../../src/app/waiting-outlook.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { UNKNOWN_OUTLOOK, outlookOf, type Wait } from "../../../src/domain/staffing/outlook.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import {
  aHandoff,
  anAccount,
  aRisk,
  conversationId,
  counsellorId,
  NOON,
  said,
} from "../../support/builders.ts";

const MINUTE = 60_000;
const waits = (minutes: readonly number[], level: Wait["level"] = "urgent", at = NOON): Wait[] =>
  minutes.map((each) => ({ level, at, waitedMs: each * MINUTE }));

describe("how long one may have to wait", () => {
  it("is said as a range, rounded outwards, once five were reached of late", () => {
    expect(outlookOf(waits([1, 2, 3, 4]), true, NOON).waits.pressing).toBeNull();
    expect(outlookOf(waits([2, 3, 4, 6, 7]), true, NOON).waits).toEqual({
      pressing: { from: 2, to: 10 },
      calm: null,
    });
    expect(outlookOf(waits([4, 4, 4, 4, 4], "concern"), true, NOON).waits.calm).toEqual({ from: 3, to: 5 });
  });

  it("forgets what was three hours ago, and names no number above an hour and a half", () => {
    expect(
      outlookOf(waits([1, 1, 1, 1, 1], "urgent", NOON - 181 * MINUTE), true, NOON).waits.pressing,
    ).toBeNull();
    expect(outlookOf(waits([100, 100, 100, 100, 100]), true, NOON).waits.pressing).toBeNull();
  });

  it("never promises less than one in ten waited, nor a single minute", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 120, noNaN: true }), { minLength: 5, maxLength: 60 }),
        (list) => {
          const range = outlookOf(waits(list), true, NOON).waits.pressing;
          if (range === null) return;
          expect(range.from).toBeLessThan(range.to);
          const longer = list.filter((each) => each > range.to).length;
          expect(longer).toBeLessThanOrEqual(Math.max(1, Math.ceil(list.length * 0.1)));
        },
      ),
    );
  });

  it("does not look quick while the queue stands still: who waits now counts with the time so far", async () => {
    const { bot, outlook } = await aHouse();
    for (let n = 0; n < 5; n++)
      await outlook.claimed(aHandoff({ risk: aRisk("urgent"), requestedAt: bot.clock.now() - MINUTE }));
    expect((await outlook.now()).waits.pressing).toEqual({ from: 1, to: 2 });
    for (let n = 0; n < 5; n++) await ask(bot, `waits-${n}`);
    bot.clock.advance(30 * MINUTE);
    expect((await outlook.now()).waits.pressing?.to).toBe(30);
  });
});

async function aHouse() {
  const bot = aBot();
  const outlook = createWaitingOutlook(bot);
  await bot.store.accounts.create(anAccount({ id: counsellorId("lan") }));
  return { bot: { ...bot, outlook }, outlook };
}

async function ask(bot: ABot, who: string, text = "cứu em !urgent"): Promise<string> {
  const id = conversationId(who);
  await createInboundHandler(bot)(said(text, { conversationId: id, channelMessageId: `${who}-${text}` }));
  const lines = await bot.store.transcript(id, { after: 0, limit: 50 });
  return (
    lines
      .flatMap(({ speech }) => speech ?? [])
      .map((speech) => `${speech.text} ${speech.helplines.map(({ number }) => number).join(" ")}`)
      .at(-1) ?? ""
  );
}

describe("the person who is put in the queue", () => {
  it("is told plainly when no counsellor is on duty, with 111 to call now, and stays in the queue", async () => {
    const { bot } = await aHouse();
    const told = await ask(bot, "w-nobody");
    expect(told).toMatch(/không có tư vấn viên nào đang trực.*111/);
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });

  it("is told so again on asking, until somebody's console is open", async () => {
    const { bot } = await aHouse();
    await ask(bot, "w-again");
    expect(await ask(bot, "w-again", "gặp người thật #talk_to_human")).toMatch(/không có tư vấn viên nào/);
    await bot.presence.seen(counsellorId("lan"));
    bot.clock.advance(6000);
    expect(await ask(bot, "w-again", "cho gặp người thật #talk_to_human")).not.toMatch(
      /không có tư vấn viên nào/,
    );
  });

  it("hears how long others waited, as an estimate, when that is known", async () => {
    const { bot, outlook } = await aHouse();
    await bot.presence.seen(counsellorId("lan"));
    expect(await ask(bot, "w-first")).not.toMatch(/phút/);
    for (let n = 0; n < 6; n++)
      await outlook.claimed(aHandoff({ risk: aRisk("urgent"), requestedAt: bot.clock.now() - 4 * MINUTE }));
    bot.clock.advance(6000);
    await bot.presence.seen(counsellorId("lan"));
    expect(await ask(bot, "w-second")).toMatch(/từ 3 đến 5 phút; đây chỉ là ước chừng/);
  });

  it("is told nothing that is not known: an outlook that cannot be read stops no turn", async () => {
    const { bot } = await aHouse();
    bot.store.accounts.all = async () => {
      throw new Error("the store is away");
    };
    const outlook = createWaitingOutlook(bot);
    expect(await outlook.now()).toEqual(UNKNOWN_OUTLOOK);
    expect(await ask({ ...bot, outlook }, "w-broken")).toMatch(/tư vấn viên/);
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { numbersPage } from "../../src/adapters/http/numbers-page.ts";
import { createPublicNumbers } from "../../src/app/public-numbers.ts";
import { createReviewSample } from "../../src/app/review-sample.ts";
import { WEEK_MS, weekOf } from "../../src/domain/review/review-week.ts";
import { aBot } from "../support/a-bot.ts";
import { aConversation, aHandoff, anOutcome, aRisk, conversationId, handoffId } from "../support/builders.ts";

async function aHouse(cases: number, level: "urgent" | "concern" = "urgent") {
  const bot = aBot();
  const sample = createReviewSample({ shelf: bot.store.shelf, clock: bot.clock, log: bot.log });
  const { from } = weekOf(bot.clock.now());
  const add = async (n: number, at = from + n * 60_000) => {
    const id = conversationId(`w${n}-${at}`);
    const handoff = aHandoff({
      ...{ id: handoffId(`case-${n}-${at}`), conversationId: id, risk: aRisk(level), requestedAt: at },
      firstReplyAt: at + (n + 1) * 60_000,
    });
    const outcome = anOutcome(aConversation({ id, revision: 1 }), { handoff });
    await bot.store.commit(outcome, { kind: "act", actId: `act-${n}-${at}` });
    await sample.offer(outcome);
  };
  for (let n = 0; n < cases; n++) await add(n);
  return { bot, add, numbers: createPublicNumbers({ ...bot, sample }) };
}

describe("the numbers for everybody", () => {
  it("tell of whole weeks that are over: today's people are in none of them", async () => {
    const { bot, numbers } = await aHouse(23);
    expect((await numbers()).levels.every(({ asked }) => asked === null)).toBe(true);
    bot.clock.advance(WEEK_MS);
    const { levels, talks, from, until } = await numbers();
    expect(levels[1]).toMatchObject({ level: "urgent", asked: 20, reached: 20, firstReplyP50: 12 * 60_000 });
    expect(talks).toBeGreaterThanOrEqual(10);
    expect(until - from).toBe(4 * WEEK_MS);
    bot.clock.advance(5 * WEEK_MS);
    expect((await numbers()).levels[1]?.asked).toBeNull();
  });

  it("are the same all week, whoever comes and whatever is deleted", async () => {
    const { bot, add, numbers } = await aHouse(12);
    bot.clock.advance(WEEK_MS);
    const page = numbersPage(await numbers(), "vi");
    await add(40, bot.clock.now());
    bot.clock.advance(3600_000);
    expect(numbersPage(await numbers(), "vi")).toBe(page);
  });

  it("never show a count from one to nine, nor waits of few people, in either language", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 14 }), async (cases) => {
        const { bot, numbers } = await aHouse(cases, "concern");
        bot.clock.advance(WEEK_MS);
        for (const locale of ["vi", "en"] as const) {
          const cells = [...numbersPage(await numbers(), locale).matchAll(/<(?:td|strong)>([^<]*)</g)];
          for (const [, cell = ""] of cells) expect(cell).not.toMatch(/^[1-9]$/);
          if (cases < 10) expect(cells.some(([, cell = ""]) => /phút|minutes/.test(cell))).toBe(false);
        }
      }),
      { numRuns: 15 },
    );
  });
});

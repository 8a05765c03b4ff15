import { describe, expect, it } from "@jest/globals";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { createReviewSample } from "../../src/app/review-sample.ts";
import { createReviews } from "../../src/app/reviews.ts";
import { WEEK_MS } from "../../src/domain/review/review-week.ts";
import { aBot } from "../support/a-bot.ts";
import { anAccount, conversationId, counsellorId, said, tapped } from "../support/builders.ts";

const [LAN, MINH, HOA] = ["lan", "minh", "hoa"].map(counsellorId) as [
  ReturnType<typeof counsellorId>,
  ReturnType<typeof counsellorId>,
  ReturnType<typeof counsellorId>,
];

async function aHouse() {
  const bot = aBot();
  const sample = createReviewSample({ shelf: bot.store.shelf, clock: bot.clock, log: bot.log });
  const handle = createInboundHandler({ ...bot, sample });
  for (const id of [LAN, MINH, HOA]) await bot.store.accounts.create(anAccount({ id, name: id }));
  return {
    bot,
    reviews: createReviews({ ...bot, sample }),
    async write(who: string, text: string) {
      bot.clock.advance(1000);
      await handle(said(text, { conversationId: conversationId(who), receivedAt: bot.clock.now() }));
      // The sample is filled beside the turn.
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

describe("reading again what the bot answered alone", () => {
  it("shows what the person wrote, with names covered, and nothing of what the bot or anybody thought of it", async () => {
    const { reviews, write } = await aHouse();
    await write("w1", "em tên Nguyễn Thị Hoa, em buồn");
    await write("w1", "chẳng ai cần em nữa");
    const talk = await reviews.next(LAN);
    expect(talk?.lines.map(({ text }) => text)).toEqual(["em tên [tên], em buồn", "chẳng ai cần em nữa"]);
    expect(Object.keys(talk ?? {}).sort()).toEqual(["id", "lines"]);
    await reviews.judge(talk?.id ?? "", { by: LAN, level: "none" });
    expect(await reviews.next(LAN)).toBeNull();
    expect(await reviews.next(MINH)).toEqual(talk);
    await reviews.judge(talk?.id ?? "", { by: MINH, level: "none" });
    // Two agree: a third need not read it.
    expect(await reviews.next(HOA)).toBeNull();
  });

  it("puts the person into the queue when a reader sees danger, tells them so, and shows why", async () => {
    const { bot, reviews, write } = await aHouse();
    await write("w1", "em viết xong hết rồi");
    const talk = await reviews.next(LAN);
    expect(await reviews.judge(talk?.id ?? "", { by: LAN, level: "urgent" })).toBe("opened");
    const [handoff] = await bot.store.handoffs.open();
    expect(handoff).toMatchObject({ cause: "risk", status: "waiting", risk: { level: "urgent" } });
    expect(handoff?.risk.signals.map(({ reason }) => reason.vi)).toContain(
      "Người đọc lại thấy nguy hiểm mà máy đã bỏ sót.",
    );
    const lines = await bot.store.transcript(conversationId("w1"), { after: 0, limit: 50 });
    const last = lines.at(-1)?.speech;
    expect(last?.helplines.map(({ number }) => number)).toContain("111");
    expect((await bot.store.load(conversationId("w1")))?.mode.kind).toBe("waiting");
    // Somebody looks after them now: a second reader opens no second case.
    expect(await reviews.judge(talk?.id ?? "", { by: MINH, level: "emergency" })).toBe("kept");
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });

  it("counts as missed what two saw and triage did not, and says what share of dangers is seen", async () => {
    const { bot, reviews, write } = await aHouse();
    for (let n = 0; n < 12; n++) await write(`calm-${n}`, "cho em hỏi cách đặt mật khẩu");
    for (let n = 0; n < 3; n++) await write(`danger-${n}`, "cứu em !urgent");
    await write("missed", "em viết xong hết rồi");
    const judgeAll = async (by: typeof LAN) => {
      for (let talk = await reviews.next(by); talk !== null; talk = await reviews.next(by)) {
        expect(talk.lines.map(({ text }) => text)).not.toContain("chị ơi em đây");
        const isBad = talk.lines.some(({ text }) => text.includes("viết xong"));
        await reviews.judge(talk.id, { by, level: isBad ? "urgent" : "none" });
      }
    };
    await judgeAll(LAN);
    // What one reader saw already waits for a counsellor, and is counted once the second one has seen it too.
    const [week] = await reviews.weeks();
    expect(week).toMatchObject({ name: "2026-11-16", caught: 3, missed: 0 });
    expect(week?.sampled).toBeGreaterThan(8);
    await write("missed", "chị ơi em đây");
    await judgeAll(MINH);
    const [after] = await reviews.weeks();
    expect(after).toMatchObject({ caught: 3, missed: 1, judged: after?.sampled });
    expect(after?.estimate?.recall).toBeLessThan(1);
    expect(after?.estimate?.recall).toBeGreaterThan(0.5);
    bot.clock.advance(WEEK_MS);
    expect((await reviews.weeks())[1]).toMatchObject({ name: "2026-11-16", caught: 3 });
  });

  it("lets go of whoever had everything deleted, and of what is too old", async () => {
    const { bot, reviews, write } = await aHouse();
    await write("w1", "em buồn quá");
    const talk = await reviews.next(LAN);
    await createInboundHandler(bot)(
      tapped("a:erase-everything", { conversationId: conversationId("w1"), receivedAt: bot.clock.now() }),
    );
    expect(await reviews.next(LAN)).toBeNull();
    expect(await reviews.judge("2020-01-06.all.1", { by: LAN, level: "none" })).toBe("gone");
    expect(await reviews.judge("x", { by: LAN, level: "none" })).toBe("gone");
    await write("w2", "em buồn quá");
    expect(await reviews.next(LAN)).not.toBeNull();
    bot.clock.advance(3 * WEEK_MS);
    expect(await reviews.next(LAN)).toBeNull();
    expect(talk).not.toBeNull();
  });
});

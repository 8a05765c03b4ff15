import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { NoticeName } from "../../src/domain/dialogue/flow-book.ts";
import { speakNotice } from "../../src/domain/dialogue/speak.ts";
import type { ABot } from "../support/a-bot.ts";
import { counsellorId } from "../support/builders.ts";
import { eventually } from "../support/eventually.ts";
import { aTelegram, aZalo, type Messenger } from "../unit/channels/messenger-bench.ts";
import { aWeb } from "../unit/web/web-messenger.ts";

const MESSENGERS: Readonly<Record<string, () => Promise<Messenger>>> = {
  "telegram by polling": () => aTelegram("polling"),
  "telegram by webhook": () => aTelegram("webhook"),
  zalo: () => aZalo(),
  "the widget": () => aWeb(),
};
const WHO = "501";
const OTHER = "502";
const IT_IS_ME = "Mình đang gặp chuyện này";

describe.each(Object.keys(MESSENGERS))("%s", (name) => {
  let messenger: Messenger;
  let bot: ABot;

  beforeEach(async () => {
    const make = MESSENGERS[name];
    if (make === undefined) throw new Error(name);
    messenger = await make();
    bot = messenger.bot;
  });
  afterEach(() => messenger.stop());

  const transcript = (person = WHO) =>
    bot.store.transcript(messenger.conversationOf(person), { after: 0, limit: 500 });
  const said = async (person = WHO) => (await transcript(person)).filter((line) => line.speech !== undefined);
  /** All that was said has arrived, as many pieces as there are lines. */
  const settled = (person = WHO, least = 1) =>
    eventually(async () => {
      const lines = await said(person);
      expect(lines.length).toBeGreaterThanOrEqual(least);
      expect(messenger.heard(person)).toHaveLength(lines.length);
      expect((await bot.store.outbox.counts()).waiting).toBe(0);
    });
  const words = (notice: NoticeName, locale: "vi" | "en" = "vi") =>
    speakNotice(bot.book, notice, { locale, audience: "unknown" }).text;
  const squeeze = (text: string) => text.normalize("NFC").replace(/\s+/gu, "");

  async function goLive(person = WHO) {
    await messenger.says(person, "cứu em !urgent");
    await settled(person);
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("no case");
    const by = { handoffId: handoff.id, counsellorId: counsellorId("lan") };
    await bot.actOnHandoff({ ...by, actId: "claim-01", act: { kind: "claim" } });
    await settled(person);
    return (text: string, actId = "say-00001") =>
      bot.actOnHandoff({ ...by, actId, act: { kind: "say", text } });
  }

  it("brings a text in and every answer out, in order, saying first that it is a machine", async () => {
    await messenger.says(WHO, "em bị lừa mất tiền #scam");
    await settled();
    const heard = messenger.heard(WHO);
    const lines = await said();
    lines.forEach((line, index) => expect(heard[index]).toContain(line.speech?.text.trim()));
    expect(heard[0]).toContain(words("introduction").slice(0, 40));
    expect((await transcript())[0]).toMatchObject({
      from: "person",
      said: { kind: "text", text: "em bị lừa mất tiền #scam" },
    });
  });

  it("shows the points to do and the helpline with its number", async () => {
    await messenger.says(WHO, "cứu em !urgent");
    await settled();
    const all = messenger.heard(WHO).join("\n");
    expect(all).toMatch(/☎ 111 – Tổng đài quốc gia bảo vệ trẻ em \(.+\)/);
    for (const line of await said())
      for (const point of line.speech?.points ?? []) expect(all).toContain(point);
  });

  it("takes a tap on a button as the choice it stands for", async () => {
    await messenger.says(WHO, "các chủ đề #help_menu");
    await settled();
    const label = bot.book.flows.get("help_menu")?.steps["first"];
    if (label === undefined || !("say" in label)) throw new Error("no menu");
    const button = label.buttons.find((each) => "go" in each);
    expect(messenger.labels(WHO)).toContain(button?.vi);
    await messenger.taps(WHO, button?.vi ?? "");
    await settled(WHO, 3);
    expect(await bot.store.load(messenger.conversationOf(WHO))).toMatchObject({
      cursor: { flow: "help_menu", step: button && "go" in button ? button.go : "" },
    });
  });

  it("takes a typed number as the button it stands for", async () => {
    await messenger.says(WHO, "các chủ đề #help_menu");
    await settled();
    await messenger.says(WHO, "1");
    await settled(WHO, 3);
    expect((await bot.store.load(messenger.conversationOf(WHO)))?.cursor).toEqual({
      flow: "help_menu",
      step: "online_harm",
    });
  });

  it("leads through a guide step by step, by buttons and by words", async () => {
    const cursor = async () => (await bot.store.load(messenger.conversationOf(WHO)))?.cursor;
    await messenger.says(WHO, "bị dọa tung ảnh #sextortion");
    await eventually(() => expect(messenger.labels(WHO)).toContain(IT_IS_ME));
    await messenger.taps(WHO, IT_IS_ME);
    await eventually(() => expect(messenger.labels(WHO)).toContain("Đi từng bước"));
    await messenger.taps(WHO, "Đi từng bước");
    await eventually(async () =>
      expect(await cursor()).toMatchObject({ flow: "guide_sextortion", step: "first" }),
    );
    const first = bot.book.flows.get("guide_sextortion")?.steps["first"];
    if (first === undefined || !("answers" in first)) throw new Error("the guide asks nothing");
    const [answer] = first.answers;
    await messenger.says(WHO, answer?.vi ?? "");
    await eventually(async () =>
      expect(await cursor()).toMatchObject({ flow: "guide_sextortion", step: answer?.go }),
    );
    await messenger.says(WHO, "quay lại");
    await eventually(async () => expect(await cursor()).toMatchObject({ step: "first" }));
  });

  it("asks the five questions of a quiz, says why, and counts", async () => {
    const lesson = bot.book.flows.get("lesson_passwords");
    if (lesson === undefined) throw new Error("no lesson");
    await messenger.says(WHO, "em muốn học #learn_safety");
    await eventually(() => expect(messenger.labels(WHO)).toContain("Tài khoản, lừa đảo"));
    await messenger.taps(WHO, "Tài khoản, lừa đảo");
    await eventually(() => expect(messenger.labels(WHO)).toContain("Mật khẩu"));
    await messenger.taps(WHO, "Mật khẩu");
    for (let turn = 0; turn < 20 && !/ trên 5 /.test(messenger.heard(WHO).at(-1) ?? ""); turn++) {
      const before = messenger.heard(WHO).length;
      await eventually(async () => {
        const open = (await bot.store.load(messenger.conversationOf(WHO)))?.openButtons ?? [];
        expect(open.length).toBeGreaterThan(0);
      });
      await messenger.says(WHO, "1");
      await eventually(() => expect(messenger.heard(WHO).length).toBeGreaterThan(before));
    }
    expect(messenger.heard(WHO).at(-1)).toMatch(/đúng [0-5] trên 5 câu/);
  });

  it("answers a picture with a kind line, never fetches it, and reads the words under it", async () => {
    if (messenger.sendsPicture === null) return expect(name).toBe("the widget");
    await messenger.sendsPicture(WHO);
    await settled();
    expect(messenger.heard(WHO).join()).toContain(words("media_received").slice(0, 40));
    await messenger.sendsPicture(WHO, "cứu em !urgent");
    await eventually(async () => expect(await bot.store.handoffs.open()).toHaveLength(1));
    expect(JSON.stringify(await transcript())).not.toContain("picture");
  });

  it("answers once what is delivered twice, at once and again later", async () => {
    const delivery = await messenger.says(WHO, "em chào #scam");
    await messenger.again(delivery);
    await settled();
    const before = messenger.heard(WHO).length;
    await messenger.again(delivery);
    await messenger.says(OTHER, "em chào");
    await settled(OTHER);
    expect(messenger.heard(WHO)).toHaveLength(before);
    expect((await transcript()).filter((line) => line.from === "person")).toHaveLength(1);
  });

  it("keeps the order of a person who writes fast", async () => {
    for (let index = 0; index < 12; index++) await messenger.says(WHO, `tin ${index} #scam`);
    const asked = async () =>
      (await transcript()).flatMap((line) => (line.said?.kind === "text" ? [line.said.text] : []));
    await eventually(async () => expect(await asked()).toHaveLength(12));
    await settled();
    expect(await asked()).toEqual(Array.from({ length: 12 }, (_each, index) => `tin ${index} #scam`));
  });

  it("tells the person that a counsellor, a real person, is speaking, and brings their line", async () => {
    const say = await goLive();
    await say("Chị đây, em kể đi nhé. <b>5 < 6</b> & *sao* _gạch_ [x](y)");
    await settled();
    expect(messenger.heard(WHO).at(-1)).toBe(
      "👤 Tư vấn viên – người thật:\nChị đây, em kể đi nhé. <b>5 < 6</b> & *sao* _gạch_ [x](y)",
    );
    await messenger.says(WHO, "dạ em đây");
    await eventually(async () =>
      expect((await transcript()).at(-1)).toMatchObject({ said: { text: "dạ em đây" } }),
    );
  });

  it("brings a long text whole, in order, within the limit of the messenger", async () => {
    const say = await goLive();
    const before = messenger.heard(WHO).length;
    const long = Array.from({ length: 400 }, (_each, index) => `Câu số ${index} có dấu tiếng Việt.`).join(
      " ",
    );
    await say(long);
    await eventually(() =>
      expect(squeeze(messenger.heard(WHO).slice(before).join(""))).toContain(squeeze(long)),
    );
    const pieces = messenger.heard(WHO).slice(before);
    expect(pieces.length).toBeGreaterThan(long.length / messenger.limit);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(messenger.limit);
    for (const piece of pieces) expect(piece.endsWith(".")).toBe(true);
  });

  it("goes on where it stopped when the messenger fails in the middle of a long text: nothing lost, nothing twice", async () => {
    const say = await goLive();
    const before = messenger.heard(WHO).length;
    const long = Array.from({ length: 400 }, (_each, index) => `Câu ${index} của tư vấn viên.`).join(" ");
    messenger.failNext("down", "flood", "hang-up");
    await say(long);
    await say("Hết rồi.", "say-00002");
    const hurry = setInterval(() => messenger.clock.advance(500), 20);
    try {
      await eventually(() => expect(messenger.heard(WHO).at(-1)).toContain("Hết rồi."), 10_000);
    } finally {
      clearInterval(hurry);
    }
    const body = squeeze(
      messenger.heard(WHO).slice(before).join("").replaceAll("👤 Tư vấn viên – người thật:", ""),
    );
    expect(body).toBe(squeeze(`${long} Hết rồi.`));
  });

  it("puts the words for a person who blocked us with the dead letters and goes on with others", async () => {
    await messenger.says(WHO, "em chào");
    await settled();
    if (messenger.blocks === null) return expect(name).toBe("the widget");
    messenger.blocks(WHO);
    await messenger.says(WHO, "em chào lại #scam");
    await messenger.says(OTHER, "em chào");
    await settled(OTHER);
    await eventually(async () => expect((await bot.store.outbox.counts()).dead).toBeGreaterThan(0));
    expect((await bot.store.outbox.counts()).waiting).toBe(0);
  });

  it("switches the language, and erases on request", async () => {
    await messenger.says(WHO, "tiếng Anh #change_language");
    await settled();
    await messenger.taps(WHO, "English");
    await settled(WHO, 3);
    expect((await bot.store.load(messenger.conversationOf(WHO)))?.locale).toBe("en");
    await messenger.says(WHO, "delete it please #delete_data");
    await settled(WHO, 4);
    await messenger.taps(WHO, "Delete everything now");
    await eventually(() =>
      expect(messenger.heard(WHO).at(-1)).toContain(
        words(name.startsWith("telegram") ? "erased_telegram" : "erased", "en"),
      ),
    );
    expect(await transcript()).toHaveLength(1);
  });

  // Nobody calls us when we poll: there is nothing to forge. What a stranger may send to the widget: chat-socket.test.ts.
  if (name !== "telegram by polling" && name !== "the widget") {
    it("refuses what is not from the vendor and stores nothing of it", async () => {
      expect(await messenger.forge?.("unsigned")).toBe(401);
      expect(await messenger.forge?.("wrong")).toBe(403);
      expect(await messenger.forge?.("truncated")).toBe(400);
      await messenger.says(OTHER, "em chào");
      await settled(OTHER);
      expect(await bot.store.load(messenger.conversationOf("666"))).toBeNull();
    });
  }

  it("keeps tokens and what people write out of the log, also when everything fails", async () => {
    messenger.failNext("down", "hang-up");
    await messenger.says(WHO, "bí-mật-của-em #scam");
    const hurry = setInterval(() => messenger.clock.advance(500), 20);
    await settled().finally(() => clearInterval(hurry));
    expect(bot.logged.join("\n")).not.toMatch(/bí-mật|stand-in|access-0|refresh-0|secret-of/);
  });
});

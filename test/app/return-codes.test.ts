import { beforeEach, describe, expect, it } from "@jest/globals";
import { createCodeVault } from "../../src/adapters/system/code-vault.ts";
import { createReturnCodes, type ReturnCodes } from "../../src/app/create-return-codes.ts";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { CODE_WORDS } from "../../src/domain/return-code/code-words.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { conversationId, said, tapped } from "../support/builders.ts";

const DAY_MS = 24 * 3600 * 1000;
const TALK = { id: conversationId("wtest"), key: "k".repeat(22) };

describe("coming back by a code", () => {
  let bot: ABot;
  let codes: ReturnCodes;
  let handle: ReturnType<typeof createInboundHandler>;

  beforeEach(() => {
    bot = aBot();
    handle = createInboundHandler(bot);
    codes = createReturnCodes({ ...bot, vault: createCodeVault(Buffer.alloc(32, 7)), keepMs: 30 * DAY_MS });
  });

  async function offered() {
    const offer = await codes.offer(TALK.id);
    if (offer === null) throw new Error("no offer");
    return { list: offer.words, words: offer.words.join(" "), proof: offer.proof };
  }

  it("gives the key of the talk to whoever has the code, as often as they come", async () => {
    await handle(said("chào"));
    const { list, words, proof } = await offered();
    expect(await codes.keep(TALK, { words, proof })).toEqual({ until: bot.clock.now() + 30 * DAY_MS });
    expect(await codes.enter(list)).toBe(TALK.key);
    expect(await codes.enter(list)).toBe(TALK.key);
  });

  it("offers nothing where nothing was said", async () => {
    expect(await codes.offer(TALK.id)).toBeNull();
  });

  it("a code that was only shown opens nothing", async () => {
    await handle(said("chào"));
    expect(await codes.enter((await offered()).list)).toBeNull();
  });

  it("takes only words that it drew itself, for this talk, a short while ago", async () => {
    await handle(said("chào"));
    await handle(said("chào", { conversationId: conversationId("wother") }));
    const { words, proof } = await offered();
    const own = CODE_WORDS.slice(0, 4).join(" ");
    expect(await codes.keep(TALK, { words: own, proof })).toBeNull();
    expect(await codes.keep({ ...TALK, id: conversationId("wother") }, { words, proof })).toBeNull();
    expect(await codes.keep(TALK, { words, proof: proof.replace(/^\d/, "9") })).toBeNull();
    bot.clock.advance(16 * 60_000);
    expect(await codes.keep(TALK, { words, proof })).toBeNull();
  });

  it("dies with its time, with a newer code, and with everything else when the person deletes it", async () => {
    await handle(said("chào"));
    const first = await offered();
    await codes.keep(TALK, first);
    const second = await offered();
    await codes.keep(TALK, second);
    expect(await codes.enter(first.list)).toBeNull();
    expect(await codes.enter(second.list)).toBe(TALK.key);
    bot.clock.advance(1000);
    await handle(tapped("a:erase-everything"));
    expect(await codes.enter(second.list)).toBeNull();
    const third = await offered();
    await codes.keep(TALK, third);
    bot.clock.advance(30 * DAY_MS);
    expect(await codes.enter(third.list)).toBeNull();
  });

  it("leads nowhere when the ticket outlived its talk", async () => {
    await handle(said("chào"));
    const { list, words, proof } = await offered();
    await codes.keep(TALK, { words, proof });
    const { lookup } = await createCodeVault(Buffer.alloc(32, 7)).derive(list);
    const ticket = await bot.store.returnCodes.find(lookup);
    bot.clock.advance(1000);
    await handle(tapped("a:erase-everything"));
    // As a crash between two writes, or a restored copy of the store, would leave it.
    if (ticket !== null) await bot.store.returnCodes.keep(ticket);
    expect(await codes.enter(list)).toBeNull();
    expect(await bot.store.returnCodes.find(lookup)).toBeNull();
  });

  it("stores neither the words nor the key, and another installation cannot use what is stored", async () => {
    await handle(said("chào"));
    const { list, words, proof } = await offered();
    await codes.keep(TALK, { words, proof });
    const vault = createCodeVault(Buffer.alloc(32, 7));
    const { lookup } = await vault.derive(list);
    const ticket = await bot.store.returnCodes.find(lookup);
    const stored = JSON.stringify(ticket);
    for (const secret of [...list, TALK.key]) expect(stored).not.toContain(secret);
    const foreign = await createCodeVault(Buffer.alloc(32, 8)).derive(list);
    expect(foreign.lookup).not.toBe(lookup);
    expect(foreign.open(ticket?.box ?? "")).toBeNull();
  });
});

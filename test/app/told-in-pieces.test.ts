import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadTriage } from "../../src/adapters/content/load-triage.ts";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { aBot } from "../support/a-bot.ts";
import { conversationId, said } from "../support/builders.ts";
import { createSilentNlu } from "../../src/adapters/nlu/nlpjs/silent-nlu.ts";

const WHO = conversationId("wtest");
const triage = loadTriage(join(import.meta.dirname, "..", "..", "intents"));

async function tell(...texts: string[]) {
  const bot = aBot({ triage, nlu: createSilentNlu() });
  const handle = createInboundHandler(bot);
  for (const text of texts) await handle(said(text));
  return bot;
}

describe("a danger told in pieces", () => {
  it("calls a counsellor when the pieces together say it", async () => {
    const bot = await tell("em đang đứng trên", "lan can");
    expect(await bot.store.handoffs.open()).toHaveLength(1);
    expect((await bot.store.load(WHO))?.risk.level).toBe("emergency");
  });

  it("is not put together from what the person had deleted", async () => {
    const bot = aBot({ triage });
    const handle = createInboundHandler(bot);
    await handle(said("em đang đứng trên"));
    await handle(said("xóa hết đi #delete_data"));
    const before = await bot.store.load(WHO);
    await handle({ ...said("x"), content: { kind: "choice", value: "a:erase-everything" } });
    expect(before?.recent.length).toBeGreaterThan(0);
    expect((await bot.store.load(WHO))?.recent ?? []).toEqual([]);
  });

  it("does not keep calling for one danger after it was told", async () => {
    const bot = await tell("em muốn tự tử", "cảm ơn ad", "dạ");
    const conversation = await bot.store.load(WHO);
    expect(conversation?.risk.level).toBe("urgent");
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from "@jest/globals";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { mendCases } from "../../src/app/mend-cases.ts";
import type { Handoff } from "../../src/domain/handoff/handoff.ts";
import { CounsellorId } from "../../src/domain/kernel/ids.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { conversationId, said } from "../support/builders.ts";

const LAN = CounsellorId.parse("lan");
const WHO = conversationId("wtest");

describe("state that a hand has broken", () => {
  let bot: ABot;
  let counted: string[];

  beforeEach(() => {
    counted = [];
    const count = (name: string, labels?: Readonly<Record<string, string>>) =>
      void counted.push(`${name} ${labels?.["stray"] ?? ""}`);
    bot = aBot({ metrics: { count, observe: () => {}, gauge: () => {} } });
  });

  async function aCase(): Promise<Handoff> {
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("there is no open case");
    return handoff;
  }
  const talk = async () => {
    const found = await bot.store.load(WHO);
    if (found === null) throw new Error("there is no conversation");
    return found;
  };
  /** Writes what no turn and no act would write. */
  async function breakIt(over: { mode?: Awaited<ReturnType<typeof talk>>["mode"]; handoff?: Handoff }) {
    const before = await talk();
    const conversation = { ...before, mode: over.mode ?? before.mode, revision: before.revision + 1 };
    const outcome = { conversation, entries: [], handoff: over.handoff ?? null, audit: [], erase: false };
    await bot.store.commit(outcome, { kind: "act", actId: `break-${before.revision}` });
  }
  const mended = () => counted.filter((line) => line.startsWith("cases_mended_total"));

  it("is left alone where nothing is broken", async () => {
    const { id } = await aCase();
    expect(await mendCases(bot)).toBe(0);
    await bot.actOnHandoff({ actId: "claim-it", handoffId: id, counsellorId: LAN, act: { kind: "claim" } });
    const { revision } = await talk();
    expect(await mendCases(bot)).toBe(0);
    expect((await talk()).revision).toBe(revision);
  });

  it("a live case without an owner waits again, and the person is told", async () => {
    const handoff = await aCase();
    const mode = { kind: "live", handoffId: handoff.id, counsellorId: LAN } as const;
    await breakIt({ mode, handoff: { ...handoff, status: "live" } });
    expect(await mendCases(bot)).toBe(1);
    expect(await bot.store.handoffs.get(handoff.id)).toMatchObject({ status: "waiting" });
    expect((await talk()).mode.kind).toBe("waiting");
    const entries = await bot.store.transcript(WHO, { after: 0, limit: 100 });
    expect(entries.at(-1)?.speech?.text).toContain("111");
    expect(mended()).toEqual(["cases_mended_total unowned"]);
  });

  it("a person who thinks no counsellor was asked is in the queue again", async () => {
    const handoff = await aCase();
    await breakIt({ mode: { kind: "bot" } });
    expect(await mendCases(bot)).toBe(1);
    expect((await talk()).mode).toEqual({ kind: "waiting", handoffId: handoff.id });
    expect((await bot.store.audit.recent(1))[0]).toMatchObject({ act: "handoff-mended" });
  });

  it("is mended once, however many processes look at the same time", async () => {
    await aCase();
    await breakIt({ mode: { kind: "bot" } });
    await Promise.all([mendCases(bot), mendCases(bot), mendCases(bot)]);
    expect(mended()).toHaveLength(1);
  });

  it("one case that cannot be mended keeps no other from it", async () => {
    await aCase();
    await breakIt({ mode: { kind: "bot" } });
    const { store } = bot;
    const first = { ...(await store.handoffs.open())[0] } as Handoff;
    const sick = { ...first, id: "case-sick" } as Handoff;
    const handoffs: typeof store.handoffs = {
      ...store.handoffs,
      open: async () => [sick, first],
      get: (id) => (id === sick.id ? Promise.reject(new Error("sick")) : store.handoffs.get(id)),
    };
    expect(await mendCases({ ...bot, store: { ...store, handoffs } })).toBe(1);
    expect(bot.logged.join("\n")).toContain("mend-failed");
  });
});

import { describe, expect, it } from "@jest/globals";
import { createInboundHandler } from "../../src/app/handle-inbound.ts";
import { createHandoffActs } from "../../src/app/act-on-handoff.ts";
import type { LiveEvent, Nlu, Store } from "../../src/app/ports.ts";
import type { TurnShell } from "../../src/app/turn-shell.ts";
import { aBot, type ABot } from "../support/a-bot.ts";
import { conversationId, counsellorId, said } from "../support/builders.ts";
import { stubNlu } from "../support/stub-understanding.ts";

const WHO = conversationId("wtest");
const transcript = (bot: ABot) => bot.store.transcript(WHO, { after: 0, limit: 100 });
const deadNlu: Nlu = {
  understand() {
    throw new Error("model broken on: a secret of a child");
  },
  weighRisk: () => null,
};

describe("handling an inbound message", () => {
  it("takes it through Botkit, answers, and keeps both in the transcript", async () => {
    const bot = aBot();
    expect(await createInboundHandler(bot)(said("bị lừa mất tiền #scam"))).toBe("committed");
    const lines = await transcript(bot);
    expect(lines[0]).toMatchObject({ seq: 1, from: "person", said: { text: "bị lừa mất tiền #scam" } });
    expect(lines.slice(1).every((line) => line.from === "bot")).toBe(true);
  });

  it("puts a risky chat into the queue with its reason and wakes the consoles", async () => {
    const bot = aBot();
    const events: LiveEvent["kind"][] = [];
    bot.events.subscribe((event) => events.push(event.kind));
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [handoff] = await bot.store.handoffs.open();
    expect(handoff).toMatchObject({ status: "waiting", cause: "risk", risk: { level: "urgent" } });
    expect(handoff?.risk.signals[0]?.reason.vi).toBe("dấu hiệu urgent");
    expect(events).toEqual(["transcript", "queue"]);
  });

  it("wakes the pages also when the store's answer to the commit was lost and the message is taken again", async () => {
    const bot = aBot();
    const events: LiveEvent[] = [];
    bot.events.subscribe((event) => events.push(event));
    let isLost = false;
    const store: Store = {
      ...bot.store,
      async commit(outcome, cause) {
        const result = await bot.store.commit(outcome, cause);
        if (isLost) return result;
        isLost = true;
        throw new Error("no answer in time");
      },
    };
    const handle = createInboundHandler({ ...bot, store });
    const message = said("cứu em !urgent");
    await expect(handle(message)).rejects.toThrow();
    expect(events).toEqual([]);
    expect(await handle(message)).toBe("duplicate");
    const lastSeq = (await transcript(bot)).at(-1)?.seq;
    expect(events).toEqual([{ kind: "transcript", conversationId: WHO, lastSeq }, { kind: "queue" }]);
  });

  it("gives 111 and a way to a person when understanding breaks, and still sees the danger", async () => {
    const bot = aBot({ nlu: deadNlu });
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const spoken = (await transcript(bot)).at(-1)?.speech;
    expect(spoken?.helplines[0]?.number).toBe("111");
    expect((await bot.store.load(WHO))?.risk.level).toBe("urgent");
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });

  it("offers a person and 111 when understanding is down and nothing else is known", async () => {
    const bot = aBot({ nlu: deadNlu });
    await createInboundHandler(bot)(said("mẹ em"));
    const spoken = (await transcript(bot)).at(-1)?.speech;
    expect(spoken?.helplines[0]?.number).toBe("111");
    expect(spoken?.buttons.map((button) => button.value)).toContain("a:request-counsellor");
  });

  it("gives the safe answer and opens the case when the turn itself breaks on a dangerous message", async () => {
    const bot = aBot();
    const shell: TurnShell = {
      takeTurn: async () => {
        throw new Error("broken");
      },
    };
    await createInboundHandler({ ...bot, shell })(said("cứu em !urgent"));
    expect((await transcript(bot)).at(-1)?.speech?.helplines[0]?.number).toBe("111");
    expect(await bot.store.handoffs.open()).toHaveLength(1);
  });

  it("writes nothing of what a person said into a log, also when a turn fails", async () => {
    const bot = aBot();
    const shell: TurnShell = {
      takeTurn: async () => {
        throw new Error("broken on bí-mật-của-em");
      },
    };
    await createInboundHandler({ ...bot, shell })(said("bí-mật-của-em !urgent"));
    expect(bot.logged.join("\n")).toContain("turn-failed");
    expect(bot.logged.join("\n")).not.toContain("bí-mật-của-em");
  });

  it("goes on with the next message after a failed turn: no throw inside Botkit ends the process", async () => {
    let broken = true;
    const flaky: Nlu = {
      understand: (utterance) => (broken ? deadNlu.understand(utterance) : stubNlu.understand(utterance)),
      weighRisk: () => null,
    };
    const bot = aBot({ nlu: flaky });
    const handle = createInboundHandler(bot);
    await handle(said("một"));
    broken = false;
    await handle(said("hai #scam"));
    expect((await bot.store.load(WHO))?.cursor?.flow).toBe("scam");
  });

  it("takes the turn again when a counsellor acted in between", async () => {
    const bot = aBot();
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("no case");
    let interfered = false;
    const shell: TurnShell = {
      async takeTurn(request) {
        const outcome = await bot.shell.takeTurn(request);
        if (!interfered) {
          interfered = true;
          const claim = {
            actId: "claim-01",
            handoffId: handoff.id,
            counsellorId: counsellorId("lan"),
            act: { kind: "claim" },
          } as const;
          expect(await bot.actOnHandoff(claim)).toEqual({ kind: "done" });
        }
        return outcome;
      },
    };
    await createInboundHandler({ ...bot, shell })(said("có ai không ạ"));
    const lines = await transcript(bot);
    expect(lines.at(-1)).toMatchObject({ from: "person", said: { text: "có ai không ạ" } });
    expect((await bot.store.load(WHO))?.mode.kind).toBe("live");
    expect(lines.map((line) => line.seq)).toEqual(lines.map((_line, index) => index + 1));
  });

  it("answers a message once when it is delivered twice", async () => {
    const bot = aBot();
    const handle = createInboundHandler(bot);
    const message = said("chào");
    await bot.store.enqueue(message);
    expect(await handle(message)).toBe("committed");
    expect(await handle(message)).toBe("duplicate");
  });
});

describe("claiming", () => {
  it("has exactly one winner among a hundred counsellors at once", async () => {
    const bot = aBot();
    await createInboundHandler(bot)(said("cứu em !emergency"));
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("no case");
    const claims = Array.from({ length: 100 }, (_each, index) =>
      bot.actOnHandoff({
        actId: `claim-${index}`,
        handoffId: handoff.id,
        counsellorId: counsellorId(`c${index}`),
        act: { kind: "claim" },
      }),
    );
    const results = await Promise.all(claims);
    expect(results.filter((result) => result.kind === "done")).toHaveLength(1);
  });

  it("has one winner also when a colleague claims between the two reads of a claim", async () => {
    const bot = aBot();
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("no case");
    const claimBy = (name: string) => ({
      actId: `claim-${name}`,
      handoffId: handoff.id,
      counsellorId: counsellorId(name),
      act: { kind: "claim" } as const,
    });
    let isFirst = true;
    const store: Store = {
      ...bot.store,
      async load(id) {
        if (isFirst) {
          isFirst = false;
          expect(await bot.actOnHandoff(claimBy("lan"))).toEqual({ kind: "done" });
        }
        return bot.store.load(id);
      },
    };
    const actLate = createHandoffActs({ ...bot, store });
    expect(await actLate(claimBy("minh"))).toEqual({ kind: "refused", reason: "already-claimed" });
    expect((await bot.store.handoffs.get(handoff.id))?.counsellorId).toBe("lan");
  });

  it("says a counsellor's line once when the console sends it twice over a bad line", async () => {
    const bot = aBot();
    await createInboundHandler(bot)(said("cứu em !urgent"));
    const [handoff] = await bot.store.handoffs.open();
    if (handoff === undefined) throw new Error("no case");
    const by = { handoffId: handoff.id, counsellorId: counsellorId("lan") };
    await bot.actOnHandoff({ ...by, actId: "claim-01", act: { kind: "claim" } });
    const line = { ...by, actId: "say-0001", act: { kind: "say", text: "Chị đây" } } as const;
    await Promise.all([bot.actOnHandoff(line), bot.actOnHandoff(line)]);
    await bot.actOnHandoff(line);
    const words = (await transcript(bot)).filter((entry) => entry.from === "counsellor");
    expect(words).toHaveLength(1);
  });
});

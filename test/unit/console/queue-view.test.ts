import { describe, expect, it } from "@jest/globals";
import { createQueueView } from "../../../src/adapters/console/queue-view.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { aBot } from "../../support/a-bot.ts";
import { conversationId, said } from "../../support/builders.ts";

async function aQueue() {
  const bot = aBot();
  let readings = 0;
  let isBroken = false;
  const handoffs = {
    ...bot.store.handoffs,
    open: () => {
      readings++;
      return isBroken ? Promise.reject(new Error("away")) : bot.store.handoffs.open();
    },
  };
  const view = createQueueView({ ...bot.store, handoffs }, bot.events);
  const ask = async (who: string) =>
    void (await createInboundHandler(bot)(
      said("cứu em !urgent", { conversationId: conversationId(who), channelMessageId: who }),
    ));
  return {
    ...{ view, ask, readings: () => readings },
    breaks: (is: boolean) => {
      isBroken = is;
    },
  };
}

describe("the queue that consoles ask for", () => {
  it("is read once for all who ask between two changes, and anew after each change", async () => {
    const { view, ask, readings } = await aQueue();
    await ask("w-one");
    const lists = await Promise.all(Array.from({ length: 25 }, () => view.list()));
    expect(lists.map((list) => list.length)).toEqual(Array.from({ length: 25 }, () => 1));
    expect(readings()).toBe(1);
    await ask("w-two");
    expect(await view.list()).toHaveLength(2);
    expect(readings()).toBe(2);
    view.close();
  });

  it("does not keep a reading that was under way when something changed", async () => {
    const { view, ask } = await aQueue();
    await ask("w-one");
    const early = view.list();
    await ask("w-two");
    await early;
    expect(await view.list()).toHaveLength(2);
    view.close();
  });

  it("does not keep a failure", async () => {
    const { view, ask, breaks } = await aQueue();
    await ask("w-one");
    breaks(true);
    await expect(view.list()).rejects.toThrow("away");
    breaks(false);
    expect(await view.list()).toHaveLength(1);
    view.close();
  });
});

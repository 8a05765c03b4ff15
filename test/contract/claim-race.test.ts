import { afterEach, describe, expect, it } from "@jest/globals";
import { createHandoffActs } from "../../src/app/act-on-handoff.ts";
import { createEventBus } from "../../src/adapters/stores/embedded/create-event-bus.ts";
import { HandoffId } from "../../src/domain/kernel/ids.ts";
import {
  aConversation,
  aHandoff,
  anOutcome,
  conversationId,
  counsellorId,
  handoffId,
} from "../support/builders.ts";
import { theFlowBook } from "../support/flow-book.ts";
import { createSimulatedClock } from "../support/simulated-clock.ts";
import { STORES } from "../support/stores.ts";

const RACERS = 1000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe.each(["memory", "lmdb", "redis"])(
  `${RACERS} counsellors who claim one case in the same moment, on %s`,
  (name) => {
    it("have one winner; all others hear that a colleague was faster", async () => {
      const bench = await STORES[name]?.();
      if (bench === undefined) throw new Error(name);
      const clock = createSimulatedClock();
      // As two processes: what one has in memory, the other has not.
      const first = await bench.open(clock);
      const second = name === "redis" ? await bench.reopen?.(clock) : undefined;
      const stores = second === undefined ? [first] : [first, second];
      closing.push(async () => {
        for (const store of stores) await store.close();
        await bench.cleanUp();
      });
      const id = conversationId("wrace");
      const handoff = aHandoff({ id: handoffId("race"), conversationId: id });
      const mode = { kind: "waiting", handoffId: HandoffId.parse("race") } as const;
      await first.commit(anOutcome(aConversation({ id, revision: 1, mode }), { handoff }), {
        kind: "act",
        actId: "ask",
      });
      const book = theFlowBook();
      const content = { current: () => book };
      const acts = stores.map((store) =>
        createHandoffActs({ store, content, events: createEventBus(), clock }),
      );
      // Every console shows the queue before anybody claims.
      for (const store of stores) expect(await store.handoffs.open()).toHaveLength(1);
      const answers = await Promise.all(
        Array.from({ length: RACERS }, async (_each, n) =>
          acts[n % acts.length]?.({
            ...{ actId: `claim-${n}`, handoffId: handoff.id, counsellorId: counsellorId(`c${n}`) },
            act: { kind: "claim" },
          }),
        ),
      );
      const winners = answers.flatMap((answer, n) => (answer?.kind === "done" ? [`c${n}`] : []));
      expect(winners).toHaveLength(1);
      expect(
        answers.filter((answer) => answer?.kind === "refused" && answer.reason === "already-claimed"),
      ).toHaveLength(RACERS - 1);
      expect(await first.handoffs.get(handoff.id)).toMatchObject({
        status: "live",
        counsellorId: winners[0],
      });
      const told = await first.transcript(id, { after: 0, limit: 10 });
      expect(told).toHaveLength(1);
    }, 60_000);
  },
);

import { expect, it } from "@jest/globals";
import { createEmbeddedStore } from "../../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../../src/adapters/stores/embedded/memory-key-value.ts";
import { conversationId } from "../../support/builders.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";

it("no row is left of messages that nobody could take back any more, though nobody wrote since", async () => {
  const clock = createSimulatedClock();
  const rows = createMemoryKeyValue();
  const store = createEmbeddedStore(rows, { clock });
  await store.sentMarks.note(conversationId("silent"), { message: 7, at: clock.now(), erasures: 0 });
  await store.expire(0);
  expect(rows.keys("mark/", "mark0")).toHaveLength(1);
  clock.advance(48 * 3600 * 1000 + 1);
  await store.expire(0);
  expect(rows.keys("mark/", "mark0")).toHaveLength(0);
});

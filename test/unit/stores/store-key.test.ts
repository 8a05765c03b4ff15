import { describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedStore } from "../../../src/adapters/stores/embedded/open-embedded-store.ts";
import { aConversation, anOutcome, conversationId } from "../../support/builders.ts";

const clock = { now: () => Date.now() };

describe("an LMDB store opened with another key", () => {
  it("does not start: to that key everything would look damaged", async () => {
    const directory = mkdtempSync(join(tmpdir(), "ke-ben-key-"));
    const [key, other] = [randomBytes(32), randomBytes(32)];
    const first = openEmbeddedStore({ directory, key, clock });
    await first.commit(anOutcome(aConversation({ revision: 1 })), { kind: "act", actId: "a" });
    await first.close();
    expect(() => openEmbeddedStore({ directory, key: other, clock })).toThrow("not the one that this store");
    const again = openEmbeddedStore({ directory, key, clock });
    expect(await again.load(conversationId("wtest"))).toMatchObject({ revision: 1 });
    await again.close();
    rmSync(directory, { recursive: true, force: true });
  });
});

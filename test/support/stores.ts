import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, Store } from "../../src/app/ports.ts";
import { createEmbeddedStore } from "../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createMemoryKeyValue } from "../../src/adapters/stores/embedded/memory-key-value.ts";
import { openEmbeddedStore, readStoreKey } from "../../src/adapters/stores/embedded/open-embedded-store.ts";

/** A store under test, and how to open the same data again as a new process would. */
export interface StoreBench {
  open(clock: Clock): Promise<Store>;
  /** Null where nothing outlives the process. */
  reopen: ((clock: Clock) => Promise<Store>) | null;
  cleanUp(): Promise<void>;
}

export const STORES: Readonly<Record<string, () => Promise<StoreBench>>> = {
  memory: async () => ({
    open: async (clock) => createEmbeddedStore(createMemoryKeyValue(), { clock }),
    reopen: null,
    cleanUp: async () => {},
  }),
  lmdb: async () => {
    const directory = mkdtempSync(join(tmpdir(), "ke-ben-store-"));
    const open = async (clock: Clock) => openEmbeddedStore({ directory, key: readStoreKey(directory), clock });
    return { open, reopen: open, cleanUp: async () => rmSync(directory, { recursive: true, force: true }) };
  },
};

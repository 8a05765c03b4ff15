import { readFileSync } from "node:fs";
import { type FileSecret, MIN_PASSPHRASE_LENGTH } from "../../adapters/move-file/file-key.ts";
import { MoveFileError } from "../../adapters/move-file/move-file-error.ts";
import { readStoreKey } from "../../adapters/stores/embedded/open-embedded-store.ts";
import { openMovableEmbedded } from "../../adapters/stores/embedded/open-movable-embedded.ts";
import type { KeyRing } from "../../adapters/stores/embedded/key-ring.ts";
import { createSealer } from "../../adapters/stores/embedded/sealer.ts";
import { openMovableRedis } from "../../adapters/stores/redis/open-movable-redis.ts";
import { systemClock } from "../../adapters/system/system-clock.ts";
import type { MovableStore } from "../../app/stored-row.ts";
import type { Config } from "../../config.ts";

export interface Configured {
  readonly store: MovableStore;
  /** "LMDB in ./data", "Redis": without secrets. */
  readonly name: string;
  readonly key: KeyRing;
}

/** The store that a server with this environment would use. */
export async function openConfigured(config: Config): Promise<Configured> {
  const key = readStoreKey(config.DATA_DIR, config.STORE_KEY);
  if (config.STORE === "redis" && config.REDIS_URL !== undefined) {
    const sealer = createSealer(key);
    return {
      key,
      name: "Redis",
      store: await openMovableRedis({ url: config.REDIS_URL, sealer, clock: systemClock }),
    };
  }
  const directory = config.DATA_DIR;
  const store = openMovableEmbedded({ directory, key, clock: systemClock });
  return { key, name: `LMDB in ${directory}`, store };
}

/** The store's own key, or the words in a file. Throws `MoveFileError` when they are too few to protect anything. */
export function readSecret(ring: KeyRing, passphraseFile: string | undefined): FileSecret {
  if (passphraseFile === undefined) return { kind: "store-key", key: ring.current.key };
  const words = readFileSync(passphraseFile, "utf8").trim();
  if (words.length < MIN_PASSPHRASE_LENGTH)
    throw new MoveFileError(
      `the passphrase in ${passphraseFile} must have at least ${MIN_PASSPHRASE_LENGTH} characters`,
    );
  return { kind: "passphrase", words };
}

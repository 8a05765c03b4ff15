import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStoreKey } from "../adapters/stores/embedded/backup/find-store-key.ts";
import type { StoreKey } from "../adapters/stores/embedded/key-ring.ts";
import { restoreStore } from "../adapters/stores/embedded/backup/restore-store.ts";
import { AppError } from "../app/errors.ts";
import { readConfig } from "../config.ts";
import { onEmbeddedStore, runBackupCommand } from "./backup/run-backup-command.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run restore -- <file>`          puts a backup into DATA_DIR, which must hold the key but no store
 * `npm run restore -- <file> --check`  does all of it in a folder that is thrown away: a drill, also beside a running server
 */
await runBackupCommand("npm run restore -- <file> [--check]", async (words) => {
  const files = words.filter((word) => word !== "--check");
  const [file] = files;
  if (file === undefined || files.length > 1) return false;
  const { DATA_DIR: directory, STORE_KEY: given } = onEmbeddedStore(readConfig(process.env));
  const key = findStoreKey(directory, given);
  if (key === null)
    throw new AppError("BACKUP_REFUSED", {
      detail: `there is no key: put store.key into ${directory}, or set STORE_KEY or STORE_KEY_FILE`,
    });
  if (words.includes("--check")) return await drill(file, key);
  const { rows, createdAt } = await restoreStore({ file, directory, key });
  say(`${directory}: ${rows} rows restored, as they were on ${createdAt}.`);
  say("What people deleted after that moment is back. Words that were on their way then may be said again.");
  return true;
});

async function drill(file: string, key: StoreKey): Promise<true> {
  const directory = mkdtempSync(join(tmpdir(), "ke-ben-drill-"));
  try {
    const { rows, createdAt } = await restoreStore({ file, directory, key });
    say(`${file} is whole and opens with this key: ${rows} rows of ${createdAt}. Nothing was kept.`);
    return true;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

import { resolve } from "node:path";
import { backUpStore } from "../adapters/stores/embedded/backup/back-up-store.ts";
import { findStoreKey } from "../adapters/stores/embedded/backup/find-store-key.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { AppError } from "../app/errors.ts";
import { readConfig } from "../config.ts";
import { onEmbeddedStore, runBackupCommand } from "./backup/run-backup-command.ts";
import { say } from "./shared/say.ts";

/** `npm run backup -- <file>`: a copy of the embedded store, also while the server runs; the key is not in it. */
await runBackupCommand("npm run backup -- <file>", async ([file]) => {
  if (file === undefined) return false;
  const { DATA_DIR: directory, STORE_KEY: given } = onEmbeddedStore(readConfig(process.env));
  const key = findStoreKey(directory, given);
  if (key === null)
    throw new AppError("BACKUP_REFUSED", { detail: `there is no key in ${directory} and none in STORE_KEY` });
  const made = await backUpStore({ directory, file: resolve(file), key, clock: systemClock });
  say(`${file}: ${made.rows} rows, ${made.bytes} bytes, sha256 ${made.sha256}`);
  if (made.unreadable > 0)
    say(`${made.unreadable} rows were damaged in the store already and are copied as they are.`);
  say("The key is not in this file. Without it nobody can read the file, you neither: keep");
  say(given === undefined ? `  ${resolve(directory, "store.key")}` : "  the value of STORE_KEY");
  say("somewhere else, apart from the backups.");
  return true;
});

import { importStore } from "./move/import-store.ts";
import { readSecret } from "./move/open-configured.ts";
import { formatTotals, runMove } from "./move/run-move.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run import -- <file> [--resume] [--passphrase-file <file>]`
 *
 * Brings a file of `npm run export` into the configured store (STORE, DATA_DIR, REDIS_URL), which must be empty.
 * `--resume` goes on where an import of the same file was interrupted.
 */
await runMove(
  "npm run import -- <file> [--resume] [--passphrase-file <file>]",
  async ({ store, key, name, path, resume, passphraseFile }) => {
    const secret = readSecret(key, passphraseFile);
    const totals = await importStore(store, {
      path,
      secret,
      fingerprint: key.secrets.fingerprint,
      resume,
      now: Date.now(),
    });
    say(`${path} → ${name}`);
    if (totals === "done-before") return say("  This file was imported before; nothing was changed.");
    say(formatTotals(totals));
    return say("Read back: the same.");
  },
);

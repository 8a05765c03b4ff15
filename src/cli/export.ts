import { exportStore } from "./move/export-store.ts";
import { readSecret } from "./move/open-configured.ts";
import { formatTotals, runMove } from "./move/run-move.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run export -- <file> [--passphrase-file <file>]`
 *
 * Writes everything that the configured store (STORE, DATA_DIR, REDIS_URL) holds into one encrypted file, while no
 * server runs on it.
 */
await runMove(
  "npm run export -- <file> [--passphrase-file <file>]",
  async ({ store, key, name, ...order }) => {
    const { path } = order;
    const secret = readSecret(key, order.passphraseFile);
    const { totals, damaged } = await exportStore(store, {
      path,
      secret,
      fingerprint: key.secrets.fingerprint,
      now: Date.now(),
    });
    say(`${name} → ${path}`);
    say(formatTotals(totals));
    if (damaged > 0) say(`  ${damaged} rows could not be opened; they are in the file as damaged.`);
    say("Read back: the same.");
  },
);

import { readStoreKey } from "../adapters/stores/embedded/open-embedded-store.ts";
import { sha256 } from "../adapters/system/sha256.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import type { Store } from "../app/ports.ts";
import { readConfig } from "../config.ts";
import { checkAudit } from "../domain/audit/audit-seal.ts";
import { runBackupCommand } from "./backup/run-backup-command.ts";
import { openStore } from "./shared/open-store.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run audit`             the last fifty events: when, what, who, in which talk; never what was said
 * `npm run audit -- verify`   is every sealed stretch as it was when it was sealed? Ends with 1 when not
 *
 * Also while servers run.
 */
const SHOWN = 50;

await runBackupCommand("npm run audit [-- verify]", async ([what, ...more]) => {
  if (more.length > 0 || (what !== undefined && what !== "verify")) return false;
  const config = readConfig(process.env);
  const store = await openStore(config, readStoreKey(config.DATA_DIR, config.STORE_KEY));
  try {
    await (what === "verify" ? verify(store) : list(store));
  } finally {
    await store.close();
  }
  return true;
});

async function list(store: Store): Promise<void> {
  const names = new Map<string, string>((await store.accounts.all()).map(({ id, name }) => [id, name]));
  for (const { at, act, by, conversationId, detail } of await store.audit.recent(SHOWN))
    say(
      [
        new Date(at).toISOString(),
        act.padEnd(24),
        (names.get(by) ?? by).padEnd(16),
        conversationId ?? "-",
        detail ?? "",
      ].join("  "),
    );
}

async function verify(store: Store): Promise<void> {
  const { events, seals, unsealed, broken, newest } = checkAudit(
    await store.audit.between(0, systemClock.now() + 1),
    sha256,
  );
  const moment = (at: number) => new Date(at).toISOString();
  for (const { from, until, count } of broken)
    say(`NOT AS IT WAS SEALED: ${moment(from)} to ${moment(until)}, ${count} events then`);
  say(`${events} events, ${seals} seals, ${broken.length} broken, ${unsealed} events not sealed yet`);
  if (newest !== null)
    say(`Newest seal, to be compared with the server's log: ${moment(newest.until)} ${newest.digest}`);
  if (broken.length > 0) process.exitCode = 1;
}

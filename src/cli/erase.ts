import { join } from "node:path";
import { randomIds } from "../adapters/system/ids.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { loadFlowBook } from "../adapters/content/load-flow-book.ts";
import type { Store } from "../app/ports.ts";
import { readConfig } from "../config.ts";
import type { Conversation } from "../domain/conversation/conversation.ts";
import { takeTurn } from "../domain/conversation/take-turn.ts";
import { HandoffId } from "../domain/kernel/ids.ts";
import { UNKNOWN_OUTLOOK } from "../domain/staffing/outlook.ts";
import { NO_RISK } from "../domain/triage/assessment.ts";
import { NOTHING_TO_READ } from "../domain/understanding/nothing-to-read.ts";
import { runBackupCommand } from "./backup/run-backup-command.ts";
import { findByCode } from "./person/find-by-code.ts";
import { root } from "./shared/paths.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run erase`: somebody asks for their data to be deleted, by their return code; also while servers run. Does what
 * "delete everything" does in the chat.
 */
const MOST_STALE = 20;

await runBackupCommand("npm run erase   (the four words come on standard input)", async (words) => {
  if (words.length > 0) return false;
  const config = readConfig(process.env);
  const found = await findByCode(config);
  if (found === null) {
    say("There is no talk behind these words: they may be wrong, too old, or it was deleted already.");
    process.exitCode = 1;
    return true;
  }
  const { store, conversation } = found;
  const before = (await store.transcript(conversation.id, { after: 0, limit: 5000 })).length;
  await erase(store, conversation);
  await store.returnCodes.forget(conversation.id);
  await store.close();
  say(`Deleted: ${before} lines, begun ${new Date(conversation.openedAt).toISOString().slice(0, 10)}.`);
  say("What backups made before hold goes with them: keep none for longer than seven days.");
  return true;
});

async function erase(store: Store, found: Conversation): Promise<void> {
  const message = {
    ...{ conversationId: found.id, channel: found.channel, receivedAt: systemClock.now() },
    channelMessageId: `erase-${randomIds.next()}`,
    content: { kind: "choice", value: "a:erase-everything" } as const,
  };
  const book = loadFlowBook(join(root, "flows"));
  for (let tries = 0; tries < MOST_STALE; tries++) {
    const before = (await store.load(found.id)) ?? found;
    const { mode, locale, audience } = before;
    const openHandoff =
      mode.kind === "waiting" || mode.kind === "live" ? await store.handoffs.get(mode.handoffId) : null;
    const turn = {
      ...{ message, openHandoff, assessment: NO_RISK, outlook: UNKNOWN_OUTLOOK, now: systemClock.now() },
      understanding: { ...NOTHING_TO_READ, locale, audience },
      newHandoffId: HandoffId.parse(randomIds.next()),
    };
    if ((await store.commit(takeTurn(before, turn, book), { kind: "inbound", message })) !== "stale") return;
  }
  throw new Error("the talk kept changing while it was to be deleted");
}

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { showEntry } from "../app/show-entry.ts";
import { readConfig } from "../config.ts";
import { runBackupCommand } from "./backup/run-backup-command.ts";
import { findByCode } from "./person/find-by-code.ts";
import { say } from "./shared/say.ts";

/** `npm run own-copy -- <file>`: a copy of a person's own talk for them, by their return code. Never writes over a file. */
await runBackupCommand(
  "npm run own-copy -- <file>   (the four words come on standard input)",
  async ([file, ...more]) => {
    if (file === undefined || more.length > 0) return false;
    const found = await findByCode(readConfig(process.env));
    if (found === null) {
      say("There is no talk behind these words: they may be wrong, too old, or it was deleted already.");
      process.exitCode = 1;
      return true;
    }
    const { store, conversation } = found;
    const lines = await store.transcript(conversation.id, { after: 0, limit: 5000 });
    await store.close();
    const copy = {
      begun: new Date(conversation.openedAt).toISOString(),
      language: conversation.locale,
      lines: lines.map((entry) => {
        const { at, from, text, points, helplines } = showEntry(entry, (value) => value);
        return { at: new Date(at).toISOString(), from, text, points, helplines };
      }),
    };
    writeFileSync(resolve(file), `${JSON.stringify(copy, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    say(`${file}: ${lines.length} lines, readable by you alone. Give it to the person, then delete it.`);
    return true;
  },
);

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import { addLines } from "./improve/add-lines.ts";
import { judgeLines } from "./improve/judge-lines.ts";
import { readLines } from "./improve/read-lines.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir } from "./shared/paths.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run improve -- lines.jsonl`           what the bot makes of each line now, and which could not be learnt from
 * `npm run improve -- lines.jsonl --write`   puts the others into `intents/`; then `npm run content` and `npm run gate` say
 *                                            whether anything fell, and `git diff` is what a colleague reviews
 *
 * The lines come from the console ("Lines to learn from"), or by hand: `{"intent", "locale", "audience", "text"}` each.
 */
const { values, positionals } = parseArgs({
  options: { write: { type: "boolean" } },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) {
  say("npm run improve -- lines.jsonl [--write]");
  process.exit(1);
}
const { lines, mistakes } = readLines(readFileSync(file, "utf8"));
for (const { line, message } of mistakes) say(`${file}:${line}: ${message}`);
const judged = judgeLines(lines, intentsDir, {
  nlu: createModelNlu(await loadOwnModel()),
  triage: loadTriage(intentsDir),
});
for (const { line, refused, now, level } of judged) {
  const verdict =
    refused ?? (now === line.intent ? "understood already, still worth having" : "to be learnt");
  say(
    `${line.text}\n    now ${now}${level === "none" ? "" : ` (${level})`}, wanted ${line.intent}: ${verdict}`,
  );
}
const fit = judged.filter(({ refused }) => refused === null).map(({ line }) => line);
say(`${lines.length + mistakes.length} lines, ${fit.length} fit to be learnt from`);
if (values.write === true && fit.length > 0) {
  for (const name of addLines(fit, intentsDir)) say(`written: ${name}`);
  say("Next: npm run content, npm run gate, and a colleague who reads git diff.");
}
if (mistakes.length > 0 || fit.length < lines.length) process.exitCode = 1;

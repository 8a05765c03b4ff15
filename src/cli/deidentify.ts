import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { replaceIdentifiers } from "../domain/text/identifiers/replace-identifiers.ts";
import { figuresOfIdentifiers, readLabelledLines } from "./evaluation/judge-identifiers.ts";
import { formatShare } from "./evaluation/shares.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run -s deidentify < talk.txt`            the text with marks for names, numbers, addresses …; to be read by a person after it
 * `npm run deidentify -- --evaluate <file> …`   how much is found in labelled lines such as `em tên {tên:Lan}`
 */
const { values, positionals } = parseArgs({
  options: { evaluate: { type: "boolean" }, list: { type: "boolean" } },
  allowPositionals: true,
});

if (values.evaluate === true) for (const file of positionals) evaluate(file);
else process.stdout.write(replaceIdentifiers(await text(process.stdin)));

function evaluate(file: string): void {
  const lines = readLabelledLines(readFileSync(file, "utf8"));
  const { recall, precision, untouched, missed, wronged } = figuresOfIdentifiers(lines);
  say(`${file}: ${lines.length} lines`);
  for (const share of recall) say(formatShare({ ...share, name: `recall, ${share.name}` }));
  for (const share of [precision, untouched]) say(formatShare(share));
  if (values.list !== true) return;
  for (const line of missed) say(`  missed  ${line}`);
  for (const line of wronged) say(`  wronged ${line}`);
}

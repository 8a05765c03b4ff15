import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import type { LearntLine } from "./read-lines.ts";

/** Puts each line at the end of its list in `intents/`, and leaves every other byte of the files alone. Answers the files. */
export function addLines(lines: readonly LearntLine[], intentsDir: string): string[] {
  const names = [...new Set(lines.map(({ intent }) => `${intent}.yaml`))];
  for (const name of names) {
    const path = join(intentsDir, name);
    let text = readFileSync(path, "utf8");
    for (const line of lines) if (name === `${line.intent}.yaml`) text = withLine(text, line);
    writeFileSync(path, text);
  }
  return names.map((name) => `intents/${name}`);
}

function withLine(text: string, { locale, audience, text: said }: LearntLine): string {
  const item = `    - ${JSON.stringify(said)}\n`;
  const root = parseDocument(text).contents;
  const speakers = isMap(root) ? root.get(locale, true) : undefined;
  const list = isMap(speakers) ? speakers.get(audience, true) : undefined;
  if (isSeq(list)) return insertAt(text, endOf(list), item);
  if (isMap(speakers)) return insertAt(text, endOf(speakers), `  ${audience}:\n${item}`);
  return `${text.replace(/\n?$/, "\n")}${locale}:\n  ${audience}:\n${item}`;
}

/** Behind the last value, before the comments that belong to what follows. */
function endOf(node: { readonly range?: readonly [number, number, number] | null | undefined }): number {
  return node.range?.[1] ?? 0;
}

function insertAt(text: string, offset: number, item: string): string {
  // The range ends at the end of the last value, or at the start of the line behind it.
  const start = text[offset - 1] === "\n" ? offset : text.indexOf("\n", offset) + 1 || text.length;
  const before = text.slice(0, start);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${item}${text.slice(start)}`;
}

import { z } from "zod";
import { MARKS } from "../../domain/text/identifiers/identifier.ts";
import { findIdentifiers } from "../../domain/text/identifiers/replace-identifiers.ts";
import { IntentId } from "../../domain/taxonomy/intent.ts";
import { AUDIENCES, Locale } from "../../domain/taxonomy/speaker.ts";

const LearntLine = z.strictObject({
  intent: IntentId,
  locale: Locale,
  audience: z.enum(AUDIENCES),
  text: z.string().trim().min(1).max(400),
});
export type LearntLine = z.infer<typeof LearntLine>;

interface Mistake {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** JSON lines as the console gives them. What could still tell who somebody is is a mistake, not a line. */
export function readLines(text: string): { readonly lines: LearntLine[]; readonly mistakes: Mistake[] } {
  const lines: LearntLine[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, row] of text.split("\n").entries()) {
    if (row.trim() === "") continue;
    const read = readLine(row);
    if (typeof read === "string") mistakes.push({ line: index + 1, message: read });
    else lines.push(read);
  }
  return { lines, mistakes };
}

function readLine(row: string): LearntLine | string {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return "this is no JSON";
  }
  const parsed = LearntLine.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(".") || "line"}: ${issue?.message}`;
  }
  const mark = Object.values(MARKS).find((each) => parsed.data.text.includes(each));
  if (mark !== undefined) return `${mark} still stands in it: write the sentence anew, without it`;
  const [found] = findIdentifiers(parsed.data.text);
  if (found !== undefined) return `it looks as if it named somebody (${found.kind}): write the sentence anew`;
  return parsed.data;
}

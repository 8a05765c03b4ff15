import type { FlowBook } from "../../../domain/dialogue/flow-book.ts";
import { isoDateAt } from "../../../domain/calendar/local-day.ts";
import { checkHelplineDates } from "../check-helplines.ts";
import type { ContentProblem } from "../read-yaml.ts";
import { checkChannels } from "./check-channels.ts";
import { checkClaims } from "./check-claims.ts";
import { checkReview } from "./check-review.ts";
import { checkStyle } from "./check-style.ts";
import { checkWords, type Never } from "./check-words.ts";
import { type ContentFile, textsOf } from "./texts-of.ts";

export interface ContentToLint {
  readonly book: FlowBook;
  readonly files: readonly ContentFile[];
  readonly never: Never;
}

// Helplines and facts are data, checked by their own rules; words that may not be said stand in their own file.
const DATA_FILES = new Set(["flows/_facts.yaml", "flows/_helplines.yaml", "flows/_never.yaml"]);

/** What a schema cannot see: the texts, and how long ago they were reviewed. `today` in ms since 1970. */
export function lintContent(content: ContentToLint, today: number): ContentProblem[] {
  const reviewed = content.files.flatMap((file) => {
    const date = asRecord(file.value)["reviewed"];
    return typeof date === "string" ? [{ file: file.name, line: file.lineOf(["reviewed"]), date }] : [];
  });
  const helplines = content.files.find(({ name }) => name === "flows/_helplines.yaml");
  const dates =
    helplines === undefined
      ? []
      : checkHelplineDates(
          { ...helplines, helplines: [...content.book.helplines.values()] },
          isoDateAt(today),
        );
  return [...lintTexts(content), ...checkReview(reviewed, today), ...dates];
}

/** What a schema cannot see of texts: the same today and in a year. */
export function lintTexts({ book, files, never }: ContentToLint): ContentProblem[] {
  const texts = files.filter(({ name }) => !DATA_FILES.has(name)).flatMap(textsOf);
  const firstSteps = new Map<string, ReadonlySet<string>>();
  const fileOf = new Map<string, string>();
  for (const file of files) {
    const { flow, start, tapped } = namesIn(file.value);
    if (flow === null) continue;
    fileOf.set(flow, file.name);
    firstSteps.set(file.name, new Set([start, tapped].filter((name) => name !== null)));
  }
  const numbers = new Set([...book.helplines.values()].map(({ number }) => number.replace(/\D/g, "")));
  return [
    ...checkWords(texts, never),
    ...checkClaims(texts, { facts: book.facts, numbers }),
    ...checkStyle(texts, { firstSteps }),
    ...checkChannels(book, fileOf),
  ];
}

function namesIn(value: unknown): { flow: string | null; start: string | null; tapped: string | null } {
  const { flow, start, tapped } = asRecord(value);
  const name = (each: unknown) => (typeof each === "string" ? each : null);
  return { flow: name(flow), start: name(start), tapped: name(tapped) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

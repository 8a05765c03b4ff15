import { findIdentifiers } from "../../domain/text/identifiers/replace-identifiers.ts";
import { type Share, sharesBy } from "./shares.ts";

interface Labelled {
  readonly text: string;
  readonly wanted: readonly { readonly kind: string; readonly start: number; readonly end: number }[];
}

/** Lines such as `em tên {tên:Lan}`; "#" begins a remark. Text is read in composed form. */
export function readLabelledLines(file: string): Labelled[] {
  return file
    .normalize("NFC")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      let text = "";
      let at = 0;
      const wanted: { kind: string; start: number; end: number }[] = [];
      for (const match of line.matchAll(/\{(\p{L}+):([^{}]+)\}/gu)) {
        const [all, kind = "", hidden = ""] = match;
        text += line.slice(at, match.index);
        wanted.push({ kind, start: text.length, end: text.length + hidden.length });
        text += hidden;
        at = match.index + all.length;
      }
      return { text: text + line.slice(at), wanted };
    });
}

export interface IdentifierFigures {
  /** Identifiers that left nothing behind, all and by kind. */
  readonly recall: readonly Share[];
  /** Of what was taken out, what had to go. */
  readonly precision: Share;
  /** Of the lines without identifiers, those left as they were. */
  readonly untouched: Share;
  readonly missed: readonly string[];
  readonly wronged: readonly string[];
}

export function figuresOfIdentifiers(lines: readonly Labelled[]): IdentifierFigures {
  const judged = lines.map(({ text, wanted }) => {
    const found = findIdentifiers(text);
    const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }) =>
      a.start < b.end && b.start < a.end;
    return {
      text,
      wanted: wanted.map((want) => ({
        ...want,
        isGone: isCovered(want, found),
        text: text.slice(want.start, want.end),
      })),
      found: found.map((each) => ({
        isRight: wanted.some((want) => overlaps(want, each)),
        text: text.slice(each.start, each.end),
      })),
    };
  });
  const found = judged.flatMap((line) => line.found.map((each) => ({ ...each, line: line.text })));
  const clean = judged.filter(({ wanted }) => wanted.length === 0);
  const wanted = judged.flatMap((line) => line.wanted.map((each) => ({ ...each, line: line.text })));
  const count = (name: string, rows: readonly { readonly isHit: boolean }[]): Share => ({
    name,
    hit: rows.filter(({ isHit }) => isHit).length,
    of: rows.length,
  });
  return {
    recall: sharesBy(
      wanted,
      ({ isGone }) => isGone,
      ({ kind }) => kind,
    ),
    precision: count(
      "precision",
      found.map(({ isRight }) => ({ isHit: isRight })),
    ),
    untouched: count(
      "clean lines untouched",
      clean.map((line) => ({ isHit: line.found.length === 0 })),
    ),
    missed: wanted.filter(({ isGone }) => !isGone).map(({ text, line }) => `${text} ← ${line}`),
    wronged: found.filter(({ isRight }) => !isRight).map(({ text, line }) => `${text} ← ${line}`),
  };
}

/** Every letter and figure of it is in what was found. */
function isCovered(
  { start, end }: { start: number; end: number },
  found: readonly { readonly start: number; readonly end: number }[],
): boolean {
  for (let at = start; at < end; at++)
    if (!found.some((each) => each.start <= at && at < each.end)) return false;
  return true;
}

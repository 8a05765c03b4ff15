import type { ReadySentence } from "../../wire/console.ts";

/** The bot's own answers, each under the name of its topic. */
const LIBRARY = "library";

/** A search for a ready sentence that is being written: "/" at the beginning or after a space, up to the caret. */
export interface SentenceSearch {
  /** Where the "/" stands. */
  readonly from: number;
  /** Where the caret stands, behind the last letter of what is searched for. */
  readonly to: number;
  readonly wanted: string;
}

// "và/hoặc", "1/2" and "1 / 2" are words of a person, not a search.
const SEARCH = /(?:^|\s)\/((?:[^\s/][^/\n]{0,40})?)$/u;

export function sentenceSearchAt(text: string, caret: number): SentenceSearch | null {
  const found = SEARCH.exec(text.slice(0, caret));
  if (found === null) return null;
  const wanted = found[1] ?? "";
  return { from: caret - wanted.length - 1, to: caret, wanted };
}

/** Those that hold every word, whatever the accents: a counsellor in a hurry types "tho cham" for "thở chậm". */
export function matchingSentences(all: readonly ReadySentence[], wanted: string): ReadySentence[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  return all.filter(({ group, title, text }) => {
    // Sixty long answers would bury the sentences: they come once something is searched for.
    if (group === LIBRARY && words.length === 0) return false;
    const where = plain(`${title.vi} ${title.en} ${text}`);
    return words.every((word) => where.includes(word));
  });
}

/** The text with the sentence in place of the search, and where the caret then stands. */
export function putSentence(
  text: string,
  { from, to }: SentenceSearch,
  sentence: string,
): { readonly text: string; readonly caret: number } {
  const after = text.slice(to);
  const gap = after !== "" && !/^\s/u.test(after) ? " " : "";
  return { text: `${text.slice(0, from)}${sentence}${gap}${after}`, caret: from + sentence.length };
}

/** The text with a "/" at the caret, as if it had been typed where a search begins. */
export function beginSearch(text: string, caret: number): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, caret);
  const gap = before === "" || /\s$/u.test(before) ? "" : " ";
  return { text: `${before}${gap}/${text.slice(caret)}`, caret: caret + gap.length + 1 };
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
}

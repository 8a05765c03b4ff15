import type { ContentProblem } from "../read-yaml.ts";
import type { TextPlace } from "./texts-of.ts";

// What somebody frightened reads at once; what they asked for more of may be longer.
const FIRST_WORDS = 60;
const MORE_WORDS = 100;
const POINT_WORDS = 30;
const LABEL_CHARACTERS = 32;
const ANSWER_CHARACTERS = 64;
/** Words in a sentence, over the whole text: what a twelve-year-old reads without going back. */
const SENTENCE_WORDS = { vi: 20, en: 20 } as const;

// Channels show these as they stand, or take them for their own.
const MARKUP = /[*_`<>[\]\\]|^#|\n/u;
const FILLING = /\{(?:score|tip|days|from|to)\}/g;
const VIETNAMESE = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúýĩũ]/iu;

export interface StyleContext {
  /** Steps that are read first, by file. */
  readonly firstSteps: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Length, reading level, markup, and whether each language is really there. */
export function checkStyle(places: readonly TextPlace[], context: StyleContext): ContentProblem[] {
  return places.flatMap((place) =>
    complaints(place, context).map((message) => ({ file: place.file, line: place.line, message })),
  );
}

function complaints(place: TextPlace, { firstSteps }: StyleContext): string[] {
  const { text, kind, locale } = place;
  const found: string[] = [];
  const words = wordsIn(text);
  const isFirst = place.step !== null && (firstSteps.get(place.file)?.has(place.step) ?? false);
  const limit = kind === "point" ? POINT_WORDS : isFirst ? FIRST_WORDS : MORE_WORDS;
  if (kind !== "label" && words > limit) found.push(`${words} words; at most ${limit} here`);
  const characters = /\.answers\./.test(`.${place.at}.`) ? ANSWER_CHARACTERS : LABEL_CHARACTERS;
  if (kind === "label" && !place.at.startsWith("title") && text.length > characters)
    found.push(`${text.length} characters; at most ${characters} fit a button`);
  const mean = words / Math.max(1, sentencesIn(text));
  if (kind !== "label" && mean > SENTENCE_WORDS[locale])
    found.push(`${Math.round(mean)} words a sentence; at most ${SENTENCE_WORDS[locale]} on the whole`);
  if (MARKUP.test(text.replace(FILLING, "")))
    found.push("holds markup or a line break, which some channels show as it is");
  if (/\{|\}/.test(text.replace(FILLING, ""))) found.push("names something in braces that nothing fills in");
  if (kind !== "label" && locale === "vi" && words > 6 && !VIETNAMESE.test(text))
    found.push("is not in Vietnamese");
  if (kind !== "label" && locale === "en" && foreignShare(text) > 0.5) found.push("is not in English");
  return found;
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function sentencesIn(text: string): number {
  return (text.match(/[.!?…:;]+(?=["'”’)\]]*(?:\s|$))/gu) ?? []).length;
}

function foreignShare(text: string): number {
  const words = text.split(/\s+/);
  return words.filter((word) => VIETNAMESE.test(word)).length / Math.max(1, words.length);
}

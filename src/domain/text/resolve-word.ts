import { readAmbiguous } from "./ambiguous-words.ts";
import { settleTone, stripMarks } from "./letters.ts";
import { undoLeet, undoTelex, undoVni } from "./stray-keys.ts";
import { isBareSyllable, isSyllable } from "./syllable.ts";
import { TEENCODE } from "./teencode.ts";
import { TEXT_SPEAK } from "./text-speak.ts";

export interface Place {
  /** The words beside it as typed, without marks; empty at the ends. */
  readonly before: string;
  readonly after: string;
  readonly english: boolean;
}

const LAUGHS: readonly (readonly [RegExp, string])[] = [
  [/^k{3,}$|^(?:kaka)+k?a?$/, "kkk"],
  [
    /^h?(?:ah?){0,1}(?:ha){2,}h?$|^(?:ha|há){2,}$|^l+o+l+$|^lmf?ao+$|^(?:he|hé|hê){2,}$|^(?:hi|hí|hì){2,}$/,
    "haha",
  ],
  [/^(?:hu|hù){2,}$|^(?:hic)+c*$|^hix+$/, "huhu"],
];
const MAY_LAUGH = /^[ahkl]../;
const COUNTED =
  /^(\d[\d.,]*)(k|tr|t|đ|h|p|tuoi|tuổi|củ|cu|lít|lit|trieu|triệu|nam|năm|ng|cm|kg|m|phut|phút|ngay|ngày)$/;
const PLAIN = /^[a-z]+$/;

/** What a typed word means, as one or more standard words. */
export function resolveWord(typed: string, place: Place): readonly string[] {
  if (typed.length > 24) return [typed.slice(0, 24)];
  const laugh = MAY_LAUGH.test(typed) ? LAUGHS.find(([pattern]) => pattern.test(typed)) : undefined;
  if (laugh !== undefined) return [laugh[1]];
  const counted = typed < ":" ? COUNTED.exec(typed) : null;
  if (counted !== null)
    return [counted[1] ?? "", ...resolveWord(counted[2] ?? "", { ...place, before: counted[1] ?? "" })];
  return place.english ? resolveEnglish(typed) : resolveVietnamese(typed, place);
}

function resolveVietnamese(typed: string, place: Place): readonly string[] {
  const known = lookUp(typed, place);
  if (known !== null) return known;
  const squeezed = typed.replace(/(\p{L})\1{2,}/gu, "$1");
  const short = squeezed === typed ? null : lookUp(squeezed, place);
  if (short !== null) return short;
  const keyed = undoTelex(squeezed) ?? undoVni(squeezed);
  if (keyed !== null) return [keyed];
  const read = undoLeet(squeezed);
  if (read !== null) return lookUp(read, place) ?? [read];
  const single = squeezed.replace(/(\p{L})\1/gu, "$1");
  return (single === squeezed ? null : lookUp(single, place)) ?? [dropApostrophes(squeezed)];
}

/** A short form, or a spelling that is a word already; null when it is neither. */
function lookUp(word: string, place: Place): readonly string[] | null {
  const meant = readAmbiguous(word, place) ?? TEENCODE.get(word);
  if (meant !== undefined) return meant;
  const fits = PLAIN.test(word) ? isBareSyllable(word) : isSyllable(word);
  return fits ? [settleTone(word)] : null;
}

const DOUBLED = /(\p{L})\1{2,}/gu;
const KEEPS_TWO = new Set(
  "too feel need see school all well kill hell tell off call good soon keep need been feel food look book really miss hello baby bullying hitting please cutting killing telling".split(
    " ",
  ),
);

function resolveEnglish(typed: string): readonly string[] {
  const word = dropApostrophes(typed);
  const known = TEXT_SPEAK.get(word);
  if (known !== undefined) return known;
  if (DOUBLED.test(word)) {
    const two = word.replace(DOUBLED, "$1$1");
    if (KEEPS_TWO.has(two)) return [two];
    const one = word.replace(DOUBLED, "$1");
    return TEXT_SPEAK.get(one) ?? [one];
  }
  const read = undoLeet(word);
  return [read ?? word];
}

function dropApostrophes(word: string): string {
  return word.replaceAll("'", "");
}

export function bareOf(words: readonly string[]): string[] {
  return words.map(stripMarks);
}

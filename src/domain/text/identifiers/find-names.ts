import { isSyllable } from "../syllable.ts";
import type { Finder, Identifier } from "./identifier.ts";
import {
  BARE_FAMILY_NAMES,
  BEFORE_A_PLACE,
  COMPOUNDS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  KNOWN_TO_ALL,
  NO_NAMES,
  SURE_GIVEN_NAMES,
} from "./name-words.ts";

interface Word {
  readonly text: string;
  readonly small: string;
  readonly start: number;
  readonly end: number;
  /** A capital first. */
  readonly isTall: boolean;
  /** Only blanks between it and the word before. */
  readonly follows: boolean;
  /** Nothing, or the end of a sentence, before it. */
  readonly begins: boolean;
}

const WORD = /[\p{L}\p{M}]+(?:'\p{L}{1,12})?/gu;
const MOST_WORDS = 5;

const TITLES = new Set(
  `cô thầy bạn chị anh em bé bác chú dì cậu ông bà con cháu thằng nhỏ cụ mợ thím mẹ bố ba má dượng cô_giáo sếp co thay
  mr mrs ms miss sir teacher friend brother sister uncle aunt`.split(/\s+/),
);
const SHORTENED = new Set("mr mrs ms dr gv ths ts".split(" "));
const AND = new Set(["và", "với", "vs", "and", "cùng"]);
const NAMING = new Set("tên ten name named".split(" "));
const BETWEEN = new Set(
  "là la is của em mình tôi tui con cháu nó tớ mk thật đầy đủ khai sinh e ở nhà gọi i am".split(" "),
);
const SAY_WHO_I_AM = new Set("em mình tôi tui con cháu tớ mk e bạn nó".split(" "));

/** Names of people, by what stands before them and by the lists of family and given names. */
export const findNames: readonly Finder[] = [findAmong];

function findAmong(text: string): Identifier[] {
  const words = wordsOf(text);
  // All in capitals, or Every Word With One: capitals say nothing.
  const tall = words.filter(({ isTall }) => isTall).length;
  const areCapitalsTold = tall * 2 <= words.length + 2 && !isShouted(text);
  const found: Identifier[] = [];
  for (let at = 0; at < words.length; ) {
    const end = nameEnd(words, at, areCapitalsTold);
    const [first, last] = [words[at], words[end - 1]];
    if (end === at || first === undefined || last === undefined) {
      at++;
      continue;
    }
    found.push({ kind: "name", start: first.start, end: last.end });
    at = end;
    // "bạn Linh và Hà"
    const [and, next] = [words[at], words[at + 1]];
    if (and?.follows !== true || !AND.has(and.small) || next?.follows !== true || !isTallPart(next)) continue;
    if (!areCapitalsTold) continue;
    at = run(words, at + 1);
    found.push({ kind: "name", start: next.start, end: words[at - 1]?.end ?? next.end });
  }
  return found;
}

function wordsOf(text: string): Word[] {
  let end = 0;
  let before = "";
  return [...text.matchAll(WORD)].map((match): Word => {
    const gap = text.slice(end, match.index);
    const isFirst = end === 0;
    const isAfterShortForm = SHORTENED.has(before) && /^\.\s?$/.test(gap);
    end = match.index + match[0].length;
    before = match[0].toLowerCase();
    return {
      text: match[0],
      small: before,
      start: match.index,
      end,
      isTall: /^\p{Lu}/u.test(match[0]),
      follows: !isFirst && (isAfterShortForm || /^\s{1,3}$/.test(gap)),
      begins:
        (isFirst && text.slice(0, match.index).trim() === "") ||
        (!isAfterShortForm && /[.!?\n…]\s*$/.test(gap)),
    };
  });
}

const isShouted = (text: string) => !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text);

/** One past the last word of the name that begins at `at`; `at` itself where none does. */
function nameEnd(words: readonly Word[], at: number, areCapitalsTold: boolean): number {
  const word = words[at];
  if (word === undefined || isKnownToAll(words, at)) return at;
  const cue = cueBefore(words, at);
  const mayBeName = word.isTall && areCapitalsTold && !NO_NAMES.has(word.small);
  if (cue === "named") return namedEnd(words, at, mayBeName);
  if (isFullName(words, at)) return run(words, at);
  if (cue !== null && mayBeName && !isCompound(words, at) && (cue === "title" || hasCapitals(words, at)))
    return run(words, at);
  if (cue === "title" && isSure(words, at)) return at + 1;
  if (cue === "self" && isSure(words, at) && !word.isTall && isAside(words, at)) return at + 1;
  return areCapitalsTold && isListed(words, at) ? run(words, at) : at;
}

/** A given name with nothing to announce it: a capital, and neighbours that make no town of it. */
function isListed(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (word?.isTall !== true || word.small.length < 3 || isCompound(words, at)) return false;
  if (!GIVEN_NAMES.has(word.small) || (word.begins && !SURE_GIVEN_NAMES.has(word.small))) return false;
  if (next?.follows === true && next.isTall && !GIVEN_NAMES.has(next.small)) return false;
  return (
    word.begins ||
    before === undefined ||
    (!(before.isTall && !before.begins && word.follows) && !BEFORE_A_PLACE.has(before.small))
  );
}

type Cue = "named" | "title" | "self" | null;

function cueBefore(words: readonly Word[], at: number): Cue {
  const isNear = (index: number) => words[index]?.begins !== true;
  if (!isNear(at)) return null;
  const before = words[at - 1]?.small ?? "";
  for (let back = at - 1; back >= 0 && at - back <= 5; back--) {
    const word = words[back]?.small ?? "";
    if (NAMING.has(word)) return "named";
    if (!BETWEEN.has(word) || !isNear(back)) break;
  }
  const second = words[at - 2]?.small ?? "";
  if ((before === "là" || before === "la") && SAY_WHO_I_AM.has(second)) return "self";
  if (before === "i'm" || (before === "am" && second === "i") || (before === "là" && second === "gọi"))
    return "self";
  if (words[at]?.follows === true && TITLES.has(before)) return "title";
  return ["mr", "mrs", "ms"].includes(before) ? "title" : null;
}

/** "tên Lan", "tên là lan": after a word for name a small letter is enough, but for words that are none. */
function namedEnd(words: readonly Word[], at: number, mayBeName: boolean): number {
  const word = words[at];
  if (word === undefined || BETWEEN.has(word.small) || NO_NAMES.has(word.small)) return at;
  if (mayBeName || isFullName(words, at)) return run(words, at);
  const isNameLike =
    isSyllable(word.small) && (GIVEN_NAMES.has(word.small) || SURE_GIVEN_NAMES.has(word.small));
  if (word.isTall) return run(words, at);
  return isNameLike && !isCompound(words, at) ? at + 1 : at;
}

/** A family name and what belongs to it: capitals, or the middle name that tells a name in small letters. */
function isFullName(words: readonly Word[], at: number): boolean {
  const [family, middle, given] = [words[at], words[at + 1], words[at + 2]];
  if (family === undefined || middle?.follows !== true) return false;
  const isFamily = FAMILY_NAMES.has(family.small);
  if (!isFamily && !BARE_FAMILY_NAMES.has(family.small)) return false;
  if (family.isTall && middle.isTall && !NO_NAMES.has(middle.small)) {
    const isShout = family.text.length > 1 && family.text === family.text.toUpperCase();
    return !isShout || isMiddle(middle.small) || family.small.startsWith("nguy");
  }
  return !family.isTall && given?.follows === true && isMiddle(middle.small) && isLongFamily(family.small);
}

const isMiddle = (word: string) =>
  ["thị", "văn", "thi", "van", "minh", "ngọc", "ngoc", "gia", "đức"].includes(word);
const isLongFamily = (word: string) =>
  BARE_FAMILY_NAMES.has(word) ||
  ["nguyễn", "trần", "phạm", "huỳnh", "hoàng", "đặng", "bùi", "võ", "lê", "đỗ"].includes(word);

/** How far a name goes on: words with capitals side by side, and in small letters as many as a full name has. */
function run(words: readonly Word[], at: number): number {
  const first = words[at];
  if (first === undefined) return at;
  let end = at + 1;
  if (!first.isTall) {
    while (end < at + 4 && words[end]?.follows === true && isPartOfName(words[end])) end++;
    return end;
  }
  while (end < at + MOST_WORDS && words[end]?.follows === true && isTallPart(words[end])) end++;
  return end;
}

function isPartOfName(word: Word | undefined): boolean {
  return (
    word !== undefined && (isMiddle(word.small) || (isSyllable(word.small) && !NO_NAMES.has(word.small)))
  );
}

function isTallPart(word: Word | undefined): boolean {
  return word?.isTall === true && !NO_NAMES.has(word.small);
}

function isSure(words: readonly Word[], at: number): boolean {
  return SURE_GIVEN_NAMES.has(words[at]?.small ?? "") && !isCompound(words, at);
}

function isCompound(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1]?.small ?? "", words[at]?.small ?? "", words[at + 1]];
  return (
    COMPOUNDS.has(`${before} ${word}`) || (next?.follows === true && COMPOUNDS.has(`${word} ${next.small}`))
  );
}

/** "em là linh", and then nothing, a sign, or a word that goes on about the writer. */
function isAside(words: readonly Word[], at: number): boolean {
  const next = words[at + 1];
  return (
    next?.follows !== true || ["học", "lớp", "đây", "ạ", "nè", "nha", "năm", "ở", "nhé"].includes(next.small)
  );
}

/** A name of one word after "là" or "I'm" counts when it could be one; of several, when all have capitals. */
function hasCapitals(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return word !== undefined && word.isTall && word.text.length > 1;
}

function isKnownToAll(words: readonly Word[], at: number): boolean {
  const small = (from: number, count: number) =>
    words
      .slice(from, from + count)
      .map((word) => word.small)
      .join(" ");
  return KNOWN_TO_ALL.some((known) => {
    const parts = known.split(" ");
    return parts.some(
      (part, index) => index <= at && part === words[at]?.small && small(at - index, parts.length) === known,
    );
  });
}

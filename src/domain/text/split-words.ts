import { stripMarks } from "./letters.ts";
import type { Token } from "./token.ts";

/**
 * Joins words that were taken apart to slip past filters (`t.ự t.ử`, `c h e t`, `s*x`). Only words of danger
 * are joined: single letters are ordinary words in teen writing, and a joined guess must never hide a plain reading.
 */

/** Bare spelling without blanks → the words meant. */
const SPELLED_OUT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tutu: "tự tử",
    tusat: "tự sát",
    tuvan: "tự vẫn",
    tuhai: "tự hại",
    muonchet: "muốn chết",
    chet: "chết",
    rachtay: "rạch tay",
    cattay: "cắt tay",
    nhaylau: "nhảy lầu",
    nhaycau: "nhảy cầu",
    treoco: "treo cổ",
    uongthuoc: "uống thuốc",
    hiepdam: "hiếp dâm",
    giet: "giết",
    nude: "nude",
    anhnong: "ảnh nóng",
    tongtien: "tống tiền",
    matuy: "ma túy",
    suicide: "suicide",
    killmyself: "kill myself",
    kill: "kill",
    rape: "rape",
    porn: "porn",
    rach: "rạch",
    dam: "dâm",
    tram: "trầm",
    cuu: "cứu",
    help: "help",
  }),
);

/** Words that are joined when signs alone stand between their letters (`t.ự`, `ch.ết`, `s-e-x`). */
const SIGNED = new Set([
  "tu",
  "chet",
  "rach",
  "cat",
  "sex",
  "nude",
  "hiep",
  "dam",
  "giet",
  "tay",
  "tuy",
  "die",
  "kill",
  "lon",
  "cac",
  "porn",
  "rape",
  "tu",
  "sat",
  "van",
  "cuu",
  "nong",
  "cam",
  "tram",
]);
/** What such a word may begin with: most pieces end the search at once. */
const BEGUN = new Set([...SIGNED].flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1))));
const SIGNS_ONLY = /^[.*_\-·•|~/+,]{1,2}$/;
const LOOSE = /^[ .*_\-·•|~/+,]{1,3}$/;
const LONGEST = 10;

export function joinSplitWords(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const joined = joinAt(tokens, i);
    const token = tokens[i];
    if (joined !== null) {
      out.push(...joined.tokens);
      i += joined.taken;
    } else {
      if (token !== undefined) out.push(unstar(token));
      i++;
    }
  }
  return out;
}

interface Joined {
  readonly tokens: readonly Token[];
  readonly taken: number;
}

function joinAt(tokens: readonly Token[], start: number): Joined | null {
  const first = tokens[start];
  if (first === undefined || first.word.length > 3) return null;
  return joinLetters(tokens, start) ?? joinSigned(tokens, start);
}

/** Letters one by one, with blanks or signs between: the longest dangerous word that begins here. */
function joinLetters(tokens: readonly Token[], start: number): Joined | null {
  const gap = tokens[start]?.gap ?? "";
  let letters = "";
  let best: Joined | null = null;
  for (let i = start; i < tokens.length && i - start < LONGEST; i++) {
    const token = tokens[i];
    if (token === undefined || token.word.length !== 1 || (i > start && !LOOSE.test(token.gap))) break;
    letters += stripMarks(token.word);
    const meant = i - start >= 3 ? SPELLED_OUT.get(letters) : undefined;
    if (meant !== undefined) best = { tokens: wordsOf(meant, gap), taken: i - start + 1 };
  }
  return best;
}

/** Pieces held together by signs without blanks. */
function joinSigned(tokens: readonly Token[], start: number): Joined | null {
  let word = tokens[start]?.word ?? "";
  if (!BEGUN.has(stripMarks(word))) return null;
  let best: Joined | null = null;
  for (let i = start + 1; i < tokens.length && i - start < 5; i++) {
    const token = tokens[i];
    if (token === undefined || !SIGNS_ONLY.test(token.gap)) break;
    word += token.word;
    const bare = stripMarks(word);
    if (!BEGUN.has(bare)) break;
    const gap = tokens[start]?.gap ?? "";
    if (SIGNED.has(bare)) best = { tokens: [{ word, gap }], taken: i - start + 1 };
  }
  return best;
}

function wordsOf(meant: string, gap: string): Token[] {
  return meant.split(" ").map((word, i) => ({ word, gap: i === 0 ? gap : " " }));
}

const STARRED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "s*x": "sex",
    "t*": "tự",
    "ch*t": "chết",
    "r*ch": "rạch",
    "n*de": "nude",
    "k*ll": "kill",
    "d*e": "die",
    "p*rn": "porn",
    "r*pe": "rape",
    "t*y": "tay",
    "c*t": "cắt",
  }),
);

function unstar(token: Token): Token {
  if (!token.word.includes("*")) return token;
  const word = STARRED.get(stripMarks(token.word).replace(/\*+/g, "*"));
  return word === undefined ? token : { ...token, word };
}

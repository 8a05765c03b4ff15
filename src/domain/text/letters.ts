/** Vietnamese letters taken apart: plain letter, vowel mark, tone. Tables are made once, at import, from data. */

/** Rows: the vowel as written without tone, then with sắc, huyền, hỏi, ngã, nặng. */
const ROWS = [
  "aáàảãạ",
  "ăắằẳẵặ",
  "âấầẩẫậ",
  "eéèẻẽẹ",
  "êếềểễệ",
  "iíìỉĩị",
  "oóòỏõọ",
  "ôốồổỗộ",
  "ơớờởỡợ",
  "uúùủũụ",
  "ưứừửữự",
  "yýỳỷỹỵ",
] as const;

const PLAIN_OF: Readonly<Record<string, string>> = { ă: "a", â: "a", ê: "e", ô: "o", ơ: "o", ư: "u" };

interface Letter {
  /** Without tone, vowel mark kept: ứ → ư. */
  readonly shape: string;
  /** Without anything: ứ → u. */
  readonly plain: string;
  /** 0 none, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng. */
  readonly tone: number;
}

const LETTERS = new Map<string, Letter>();
const TONED = new Map<string, readonly string[]>();
for (const row of ROWS) {
  const letters = Array.from(row);
  const shape = letters[0] ?? "";
  TONED.set(shape, letters);
  letters.forEach((letter, tone) => LETTERS.set(letter, { shape, plain: PLAIN_OF[shape] ?? shape, tone }));
}
LETTERS.set("đ", { shape: "đ", plain: "d", tone: 0 });

// The same by code unit, since these are read for every letter of every message.
const CODES = 0x1f00;
const PLAIN_CODE = Uint16Array.from({ length: CODES }, (_, code) => code);
const SHAPE_CODE = Uint16Array.from(PLAIN_CODE);
const TONE_OF_CODE = new Uint8Array(CODES);
for (const [letter, { shape, plain, tone }] of LETTERS) {
  const code = letter.charCodeAt(0);
  PLAIN_CODE[code] = plain.charCodeAt(0);
  SHAPE_CODE[code] = shape.charCodeAt(0);
  TONE_OF_CODE[code] = tone;
}

const MARKED = /[\u00c0-\u1ef9]/;

/** The same word without tone and vowel marks, đ as d. Lower-case NFC in, letters of other scripts untouched. */
export function stripMarks(word: string): string {
  return MARKED.test(word) ? recode(word, PLAIN_CODE) : word;
}

function recode(word: string, table: Uint16Array): string {
  let out = "";
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    out += String.fromCharCode(table[code] ?? code);
  }
  return out;
}

export function hasVietnameseMarks(text: string): boolean {
  if (!MARKED.test(text)) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < CODES && PLAIN_CODE[code] !== code) return true;
  }
  return false;
}

/** A word as its letters without tone, and the one tone it carries (the last wins; 0 when none). */
export function splitTone(word: string): { readonly shape: string; readonly tone: number } {
  if (!MARKED.test(word)) return { shape: word, tone: 0 };
  let tone = 0;
  for (let i = 0; i < word.length; i++) tone = TONE_OF_CODE[word.charCodeAt(i)] || tone;
  return { shape: recode(word, SHAPE_CODE), tone };
}

export function isVowel(letter: string): boolean {
  return TONED.has(letter);
}

/** Puts a tone on a toneless word where the spelling rule puts it (old style: hòa, thúy). */
export function placeTone(shape: string, tone: number): string {
  if (tone === 0) return shape;
  const at = toneIndex(shape);
  const toned = at < 0 ? undefined : TONED.get(shape[at] ?? "")?.[tone];
  return toned === undefined ? shape : shape.slice(0, at) + toned + shape.slice(at + 1);
}

function toneIndex(shape: string): number {
  const first = /^(?:qu(?=[aăâeêiyoôơu])|gi(?=[aăâeêoôơuư]))/.exec(shape)?.[0].length ?? 0;
  let start = first;
  while (start < shape.length && !isVowel(shape[start] ?? "")) start++;
  let end = start;
  while (end < shape.length && isVowel(shape[end] ?? "")) end++;
  if (start === end) return -1;
  for (let i = end - 1; i >= start; i--) if ("ăâêôơư".includes(shape[i] ?? "")) return i;
  const count = end - start;
  if (count === 1) return start;
  if (count === 3) return start + 1;
  return end < shape.length ? end - 1 : start;
}

/** `hoà` and `hòa`, `thuý` and `thúy` are one word: both become the second. */
export function settleTone(word: string): string {
  if (!MARKED.test(word)) return word;
  const { shape, tone } = splitTone(word);
  return tone === 0 ? word : placeTone(shape, tone);
}

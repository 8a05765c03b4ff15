/** Vietnamese letters taken apart: plain letter, vowel mark, tone. Tables are made once, at import, from data. */

export const TONES = ["", "sắc", "huyền", "hỏi", "ngã", "nặng"] as const;

/** Rows: the vowel as written without tone, then with sắc, huyền, hỏi, ngã, nặng. */
const ROWS = ["aáàảãạ", "ăắằẳẵặ", "âấầẩẫậ", "eéèẻẽẹ", "êếềểễệ", "iíìỉĩị", "oóòỏõọ", "ôốồổỗộ", "ơớờởỡợ", "uúùủũụ", "ưứừửữự", "yýỳỷỹỵ"] as const;

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
  const letters = [...row];
  const shape = letters[0] ?? "";
  TONED.set(shape, letters);
  letters.forEach((letter, tone) => LETTERS.set(letter, { shape, plain: PLAIN_OF[shape] ?? shape, tone }));
}
LETTERS.set("đ", { shape: "đ", plain: "d", tone: 0 });

const MARKED = /[\u00c0-\u1ef9]/;

/** The same word without tone and vowel marks, đ as d. Lower-case NFC in, letters of other scripts untouched. */
export function stripMarks(word: string): string {
  if (!MARKED.test(word)) return word;
  let out = "";
  for (const letter of word) out += LETTERS.get(letter)?.plain ?? letter;
  return out;
}

export function hasVietnameseMarks(text: string): boolean {
  if (!MARKED.test(text)) return false;
  for (const letter of text) {
    const known = LETTERS.get(letter);
    if (known !== undefined && (known.tone > 0 || known.plain !== known.shape)) return true;
  }
  return false;
}

/** A word as its letters without tone, and the one tone it carries (the last wins; 0 when none). */
export function splitTone(word: string): { readonly shape: string; readonly tone: number } {
  let shape = "";
  let tone = 0;
  for (const letter of word) {
    const known = LETTERS.get(letter);
    shape += known?.shape ?? letter;
    if (known !== undefined && known.tone > 0) tone = known.tone;
  }
  return { shape, tone };
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

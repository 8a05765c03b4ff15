import { splitTone, stripMarks } from "../text/letters.ts";
import type { Utterance } from "../text/utterance.ts";

/** A word of a pattern. */
export interface Literal {
  readonly word: string;
  readonly bare: string;
  readonly isStrict: boolean;
  /** Without tone. */
  readonly shape: string;
  readonly tone: number;
}

export function literal(word: string, isStrict: boolean): Literal {
  return { word, bare: stripMarks(word), isStrict, ...splitTone(word) };
}

/**
 * Words that Vietnamese also writes with no mark at all. In a message typed with marks they mean themselves:
 * `anh` there is a brother, while in a message without marks it may be a picture.
 */
const TONELESS = new Set(
  `anh ban chung con cha cho co cu cua tay nha lo tin tu tung hang song chan gap bi be ca ba cam chia chi cô dao da dau do gia giao hai ho hoa
  la lai lam le mai may me minh mang nam nhau noi on qua quen ra sao sau sinh ta tai tan thai than thay theo thi thu thua
  tien tim to tra trai treo trong vai van vi vo xa xe xu ao dam danh doa em ngu ngang ngoan giam gian kia
  khi ma mua nhanh nga nghi nghe rung sang say thanh thoi tang tham thương tien tram trung vang vay yên`.split(
    /\s+/,
  ),
);

const MOSTLY_MARKED = 0.34;

/** Tells which words of one message may stand for a word of a pattern. */
export class WordFit {
  readonly #utterance: Utterance;
  readonly #isMarked: boolean;
  /** Words taken apart, when they are first asked for. */
  readonly #parts: Toned[] = [];

  constructor(utterance: Utterance) {
    this.#utterance = utterance;
    let marked = 0;
    utterance.words.forEach((word, at) => {
      if (word !== utterance.bare[at]) marked++;
    });
    this.#isMarked = utterance.words.length > 0 && marked / utterance.words.length >= MOSTLY_MARKED;
  }

  /** `bare` forms are known to be equal. */
  fits(at: number, wanted: Literal | undefined): boolean {
    if (wanted === undefined) return false;
    const word = this.#utterance.words[at] ?? "";
    if (word === wanted.word || wanted.word === "#") return true;
    // A pattern word without marks is a word of its own; another tone on it is another word.
    if (wanted.word === wanted.bare || wanted.isStrict)
      return sameButForCareless(this.#partsOf(at, word), wanted);
    if (word === wanted.bare) return !(this.#isMarked && TONELESS.has(word));
    return isLessMarked(this.#partsOf(at, word), wanted);
  }

  #partsOf(at: number, word: string): Toned {
    return (this.#parts[at] ??= splitTone(word));
  }
}

interface Toned {
  readonly shape: string;
  readonly tone: number;
}

/** Hỏi and ngã are mixed up all over the South and Centre. */
function sameButForCareless(typed: Toned, meant: Toned): boolean {
  return typed.shape === meant.shape && careless(typed.tone) === careless(meant.tone);
}

function careless(tone: number): number {
  return tone === 4 ? 3 : tone;
}

/** Some marks were left out and none is wrong: `chêt`, `chét` and `tư` may be chết, chết and tự. */
function isLessMarked(typed: Toned, meant: Toned): boolean {
  if (typed.tone !== 0 && careless(typed.tone) !== careless(meant.tone)) return false;
  if (typed.shape === meant.shape) return true;
  if (typed.shape.length !== meant.shape.length) return false;
  for (let i = 0; i < meant.shape.length; i++) {
    const letter = typed.shape[i];
    if (letter !== meant.shape[i] && letter !== stripMarks(meant.shape[i] ?? "")) return false;
  }
  return true;
}

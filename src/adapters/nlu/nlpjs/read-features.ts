import type { Utterance } from "../../../domain/text/utterance.ts";
import { TEENCODE } from "../../../domain/text/teencode.ts";
import { conceptsOf } from "./concepts.ts";
import { finish, hashText, join, SEED, step } from "./hashing.ts";
import { stemEnglish } from "./stem-english.ts";

/** The groups of features; each is scaled to unit length by itself so that none drowns the others. */
export const BLOCKS = ["marked", "bare", "letters", "concepts"] as const;
/** The share of each block, set on the dev set. */
export const BLOCK_WEIGHTS: readonly number[] = [1, 1, 1, 0.8];
export type Block = 0 | 1 | 2 | 3;

/** Takes every feature of an utterance, repeats included. `name` is called only when someone asks why. */
export interface FeatureSink {
  take(hash: number, block: Block, name?: string): void;
}

// Reading stops here: a longer text says what it is about long before, and time must stay bounded.
const MOST_WORDS = 400;

export function readFeatures(utterance: Utterance, sink: FeatureSink, named = false): void {
  const words = utterance.words.slice(0, MOST_WORDS);
  const bare = utterance.bare.slice(0, MOST_WORDS);
  readWords(words, { block: 0, salt: 0x1f, sink, named });
  readWords(bare, { block: 1, salt: 0x2f, sink, named });
  readStems(bare, sink, named);
  readTyped(utterance, sink, named);
  readLetters(bare, sink, named);
  readConcepts(utterance, bare, { sink, named });
}

interface Reading {
  readonly block: Block;
  readonly salt: number;
  readonly sink: FeatureSink;
  readonly named: boolean;
}

function readWords(words: readonly string[], { block, salt, sink, named }: Reading): void {
  const start = SEED ^ Math.imul(salt, 0x01000193);
  const label = (text: string) => (named ? `${block === 0 ? "w" : "b"}:${text}` : undefined);
  let before = finish(start ^ 7);
  let beforeThat = before;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const hash = hashText(word, start);
    sink.take(finish(hash), block, label(word));
    sink.take(finish(join(before, hash) ^ 0x51), block, label(`${words[i - 1] ?? "^"} ${word}`));
    if (i > 1)
      sink.take(finish(join(beforeThat, hash) ^ 0x77), block, label(`${words[i - 2] ?? "^"} _ ${word}`));
    beforeThat = before;
    before = hash;
  }
  if (words.length > 0)
    sink.take(finish(join(before, start) ^ 0x33), block, label(`${words.at(-1) ?? ""} $`));
}

function readStems(bare: readonly string[], sink: FeatureSink, named: boolean): void {
  for (const word of bare) {
    const stem = stemEnglish(word);
    if (stem !== null) sink.take(finish(hashText(stem, SEED ^ 0x5e3)), 1, named ? `stem:${stem}` : undefined);
  }
}

/** The short form itself is a hint too: of who speaks, and of what a wrong expansion hid. */
function readTyped(utterance: Utterance, sink: FeatureSink, named: boolean): void {
  const known = new Set(utterance.words);
  for (const word of utterance.typed.slice(0, MOST_WORDS)) {
    if (!known.has(word))
      sink.take(finish(hashText(word, SEED ^ 0x7a1)), 1, named ? `typed:${word}` : undefined);
  }
}

// Two letters say next to nothing that three do not, and cost as much.
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 4;

function readLetters(bare: readonly string[], sink: FeatureSink, named: boolean): void {
  const text = ` ${bare.join(" ")} `;
  for (let i = 0; i < text.length - 2; i++) {
    let hash = step(SEED ^ 0x3c1, text.charCodeAt(i));
    for (let n = 2; n <= LONGEST_GRAM && i + n <= text.length; n++) {
      hash = step(hash, text.charCodeAt(i + n - 1));
      if (n >= SHORTEST_GRAM) sink.take(finish(hash ^ n), 2, named ? `l:${text.slice(i, i + n)}` : undefined);
    }
  }
}

function readConcepts(
  utterance: Utterance,
  bare: readonly string[],
  { sink, named }: { sink: FeatureSink; named: boolean },
): void {
  const found = conceptsOf(utterance);
  const start = SEED ^ 0x4d7;
  let before = -1;
  let beforeName = "";
  const seen = new Set<number>();
  const names: string[] = [];
  for (const { id, name } of found) {
    const hash = hashText(name, start);
    sink.take(finish(hash), 3, named ? `c:${name}` : undefined);
    if (before !== -1 && before !== hash)
      sink.take(finish(join(before, hash) ^ 0x91), 3, named ? `c:${beforeName}>${name}` : undefined);
    before = hash;
    beforeName = name;
    seen.add(id);
    names[id] = name;
  }
  readPairs(seen, names, { sink, named });
  for (const sign of utterance.signs.slice(0, 8))
    sink.take(finish(hashText(sign, start ^ 0x99)), 3, named ? `sign:${sign}` : undefined);
  const slang = utterance.typed.filter((word) => TEENCODE.has(word) || LETTER_WORD.test(word)).length;
  const ease = slang === 0 ? "none" : slang === 1 ? "one" : "some";
  sink.take(finish(hashText(ease, start ^ 0xbb)), 3, named ? `teencode:${ease}` : undefined);
  const size =
    bare.length <= 2
      ? "1-2"
      : bare.length <= 5
        ? "3-5"
        : bare.length <= 12
          ? "6-12"
          : bare.length <= 25
            ? "13-25"
            : "26+";
  sink.take(finish(hashText(size, start ^ 0xaa)), 3, named ? `size:${size}` : undefined);
}

// "e", "k", "t", "z": words shortened to a letter, as nobody writes who learnt to type as an adult.
const LETTER_WORD = /^[a-zđ]$/;
const MOST_PAIRED = 12;

/** What is said together, in any order: IMAGE with THREATEN is not IMAGE with HOW_TO. */
function readPairs(
  seen: ReadonlySet<number>,
  names: readonly string[],
  { sink, named }: { sink: FeatureSink; named: boolean },
): void {
  const ids = [...seen].slice(0, MOST_PAIRED).sort((a, b) => a - b);
  for (let i = 0; i < ids.length; i++) {
    for (let j = i + 1; j < ids.length; j++) {
      const [a = 0, b = 0] = [ids[i], ids[j]];
      sink.take(
        finish(Math.imul(a * 512 + b + 1, 0x9e3779b1) ^ 0x6f1),
        3,
        named ? `c:${names[a] ?? ""}+${names[b] ?? ""}` : undefined,
      );
    }
  }
}

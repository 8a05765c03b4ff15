import type { Utterance } from "../text/utterance.ts";

const SENTENCE_COST = 2;
// Typing word by word, or a point after each word, makes every break meaningless.
const BROKEN_TYPING = 2.5;

/** How far words of a message stand apart when fillers weigh nothing and a new sentence weighs two. */
export class Distances {
  readonly #from: Int32Array;
  readonly #upTo: Int32Array;
  readonly #sentence: Int32Array;

  constructor(utterance: Utterance, fillers: ReadonlySet<string>) {
    const { words } = utterance;
    const length = words.length;
    this.#from = new Int32Array(length + 1);
    this.#upTo = new Int32Array(length + 1);
    this.#sentence = new Int32Array(length + 1);
    const isBroken = length / (utterance.breaks.length + 1) < BROKEN_TYPING && length > 5;
    const breaks = isBroken ? [] : utterance.breaks;
    let weight = 0;
    let passed = 0;
    for (let at = 0; at <= length; at++) {
      this.#upTo[at] = weight + passed * SENTENCE_COST;
      if (breaks[passed] === at) passed++;
      this.#from[at] = weight + passed * SENTENCE_COST;
      this.#sentence[at] = passed;
      if (at < length && !fillers.has(words[at] ?? "")) weight++;
    }
  }

  /** Weight between a span that ends at `end` and one that starts at `start`. */
  between(end: number, start: number): number {
    return (this.#from[start] ?? 0) - (this.#upTo[end] ?? 0);
  }

  /** Weight of everything from `start` to `end`. */
  across(start: number, end: number): number {
    return (this.#upTo[end] ?? 0) - (this.#from[start] ?? 0);
  }

  sentenceOf(at: number): number {
    return this.#sentence[at] ?? 0;
  }
}

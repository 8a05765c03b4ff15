import type { Utterance } from "../../../domain/text/utterance.ts";
import { RowTable } from "./hashing.ts";
import { type Block, BLOCKS, readFeatures } from "./read-features.ts";

/** Which features count, how rare each is, and the scaling of an utterance into numbers. */
export interface Vocabulary {
  readonly hashes: Int32Array;
  readonly idf: Float32Array;
  readonly blocks: Uint8Array;
}

const MIN_MESSAGES = 2;
const MIN_LETTERS = Number(process.env["ML"] ?? 3);
export const BLOCK_WEIGHTS: readonly number[] = JSON.parse(process.env["BW"] ?? "[1,1,1,1]") as number[];

export function buildVocabulary(utterances: readonly Utterance[]): Vocabulary {
  const counts = new Map<number, { count: number; last: number; block: Block }>();
  utterances.forEach((utterance, message) => {
    readFeatures(utterance, {
      take(hash, block) {
        const known = counts.get(hash);
        if (known === undefined) counts.set(hash, { count: 1, last: message, block });
        else if (known.last !== message) {
          known.count++;
          known.last = message;
        }
      },
    });
  });
  const kept = [...counts].filter(([, { count, block }]) => count >= (block === 2 ? MIN_LETTERS : MIN_MESSAGES));
  const total = utterances.length;
  return {
    hashes: Int32Array.from(kept, ([hash]) => hash),
    idf: Float32Array.from(kept, ([, { count }]) => Math.log((1 + total) / (1 + count)) + 1),
    blocks: Uint8Array.from(kept, ([, { block }]) => block),
  };
}

export interface Vector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** Share of word features never seen in training. */
  readonly unknown: number;
}

/** Turns utterances into scaled rows; holds scratch space only, and nothing of what it read. */
export class Vectoriser {
  readonly #vocabulary: Vocabulary;
  readonly #table: RowTable;
  readonly #counts: Uint8Array;
  #touched: Int32Array = new Int32Array(4096);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#table = new RowTable(vocabulary.hashes);
    this.#counts = new Uint8Array(vocabulary.hashes.length);
  }

  read(utterance: Utterance): Vector {
    const counts = this.#counts;
    const table = this.#table;
    let used = 0;
    let seen = 0;
    let missed = 0;
    readFeatures(utterance, {
      take: (hash, block) => {
        const row = table.find(hash);
        if (block === 1) {
          if (row < 0) missed++;
          else seen++;
        }
        if (row < 0) return;
        const count = counts[row] as number;
        if (count === 0) {
          if (used === this.#touched.length) this.#grow();
          this.#touched[used++] = row;
        }
        if (count < 255) counts[row] = count + 1;
      },
    });
    const vector = this.#scale(used);
    return { ...vector, unknown: seen + missed === 0 ? 1 : missed / (seen + missed) };
  }

  #grow(): void {
    const larger = new Int32Array(this.#touched.length * 2);
    larger.set(this.#touched);
    this.#touched = larger;
  }

  #scale(used: number): { rows: Int32Array; values: Float32Array } {
    const rows = this.#touched.slice(0, used);
    const values = new Float32Array(used);
    const squares = new Float64Array(BLOCKS.length);
    for (let i = 0; i < used; i++) {
      const row = rows[i] as number;
      const value = (1 + Math.log(this.#counts[row] as number)) * (this.#vocabulary.idf[row] as number);
      this.#counts[row] = 0;
      values[i] = value;
      const block = this.#vocabulary.blocks[row] as number;
      squares[block] = (squares[block] as number) + value * value;
    }
    for (let i = 0; i < used; i++) {
      const block = this.#vocabulary.blocks[rows[i] as number] as number;
      values[i] = ((values[i] as number) * (BLOCK_WEIGHTS[block] as number)) / Math.sqrt(squares[block] as number);
    }
    return { rows, values };
  }
}

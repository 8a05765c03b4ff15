import type { Utterance } from "../../../domain/text/utterance.ts";
import { RowTable } from "./hashing.ts";
import type { Vector } from "./perceptrons.ts";
import { type Block, BLOCK_WEIGHTS, BLOCKS, readFeatures } from "./read-features.ts";

/** Which features count, how rare each is, and the group it belongs to. */
export interface Vocabulary {
  readonly hashes: Int32Array;
  readonly idf: Float32Array;
  readonly blocks: Uint8Array;
}

// A feature of one message only teaches nothing but that message. Letters and pairs are many, so they must earn more.
const MIN_MESSAGES: readonly number[] = [2, 2, 3, 3];
/** At most this many per block, the commonest first, to keep the model file near 13 MB. */
const MOST_FEATURES: readonly number[] = [45_000, 50_000, 34_000, 20_000];

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
  const kept = BLOCKS.flatMap((_, block) =>
    [...counts]
      .filter(([, each]) => each.block === block && each.count >= (MIN_MESSAGES[block] ?? 2))
      .sort(([, a], [, b]) => b.count - a.count)
      .slice(0, MOST_FEATURES[block]),
  );
  const total = utterances.length;
  return {
    hashes: Int32Array.from(kept, ([hash]) => hash),
    idf: Float32Array.from(kept, ([, { count }]) => Math.log((1 + total) / (1 + count)) + 1),
    blocks: Uint8Array.from(kept, ([, { block }]) => block),
  };
}

export interface ReadVector extends Vector {
  /** Share of word features never seen in training. */
  readonly unknown: number;
}

/** Turns utterances into scaled rows; holds scratch space only, and nothing of what it read. */
export class Vectoriser {
  readonly #vocabulary: Vocabulary;
  readonly #table: RowTable;
  readonly #counts: Uint8Array;
  #touched: Int32Array = new Int32Array(4096);
  #used = 0;
  #known = 0;
  #missed = 0;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#table = new RowTable(vocabulary.hashes);
    this.#counts = new Uint8Array(vocabulary.hashes.length);
  }

  read(utterance: Utterance): ReadVector {
    this.#used = 0;
    this.#known = 0;
    this.#missed = 0;
    readFeatures(utterance, this);
    const words = this.#known + this.#missed;
    return { ...this.#scale(), unknown: words === 0 ? 1 : this.#missed / words };
  }

  take(hash: number, block: Block): void {
    const row = this.#table.find(hash);
    if (block === 1) {
      if (row < 0) this.#missed++;
      else this.#known++;
    }
    if (row < 0) return;
    const count = this.#counts[row] as number;
    if (count === 0) {
      if (this.#used === this.#touched.length) this.#grow();
      this.#touched[this.#used++] = row;
    }
    if (count < 255) this.#counts[row] = count + 1;
  }

  /** The row of one feature, for explaining an answer; -1 when it is unknown. */
  rowOf(hash: number): number {
    return this.#table.find(hash);
  }

  #grow(): void {
    const larger = new Int32Array(this.#touched.length * 2);
    larger.set(this.#touched);
    this.#touched = larger;
  }

  #scale(): Vector {
    const { idf, blocks } = this.#vocabulary;
    const rows = this.#touched.slice(0, this.#used);
    const values = new Float32Array(rows.length);
    const squares = new Float64Array(BLOCKS.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const count = this.#counts[row] as number;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * (idf[row] as number);
      this.#counts[row] = 0;
      values[i] = value;
      const block = blocks[row] as number;
      squares[block] = (squares[block] as number) + value * value;
    }
    for (let block = 0; block < squares.length; block++)
      squares[block] = (BLOCK_WEIGHTS[block] as number) / Math.sqrt(squares[block] as number);
    for (let i = 0; i < rows.length; i++)
      values[i] = (values[i] as number) * (squares[blocks[rows[i] as number] as number] as number);
    return { rows, values };
  }
}

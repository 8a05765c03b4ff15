/** Features are 32-bit hashes, never strings: nothing a person wrote can stay in the model or in memory. */

export const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

export function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

export function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

/** FNV alone leaves its low bits poor; the table is addressed by them. Zero marks an empty slot there. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h === 0 ? 1 : h;
}

export function join(first: number, second: number): number {
  return Math.imul(first ^ (second >>> 15) ^ Math.imul(second, 0x9e3779b1), PRIME) ^ second;
}

/** Hash → row, open addressing on typed arrays. */
export class RowTable {
  readonly #keys: Int32Array;
  readonly #rows: Int32Array;
  readonly #mask: number;

  constructor(hashes: Int32Array) {
    let size = 1024;
    while (size < hashes.length * 2.2) size *= 2;
    this.#keys = new Int32Array(size);
    this.#rows = new Int32Array(size);
    this.#mask = size - 1;
    hashes.forEach((hash, row) => this.#put(hash, row));
  }

  /** -1 when the feature was not seen in training. */
  find(hash: number): number {
    let slot = hash & this.#mask;
    for (;;) {
      const key = this.#keys[slot];
      if (key === hash) return this.#rows[slot] ?? -1;
      if (key === 0) return -1;
      slot = (slot + 1) & this.#mask;
    }
  }

  #put(hash: number, row: number): void {
    let slot = hash & this.#mask;
    while (this.#keys[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#keys[slot] = hash;
    this.#rows[slot] = row;
  }
}

/** Turns a code into what may be stored of it. */
export interface CodeVault {
  /** Slow on purpose and off the main thread; the same words always give the same lookup. */
  derive(words: readonly string[]): Promise<{
    readonly lookup: string;
    readonly seal: (text: string) => string;
    /** Null for what was sealed for another code, or changed. */
    readonly open: (box: string) => string | null;
  }>;
  /** A keyed hash, to know again what we once gave out. */
  sign(text: string): string;
  /** Evenly from 0 to `below` - 1; not guessable. */
  pick(below: number): number;
}

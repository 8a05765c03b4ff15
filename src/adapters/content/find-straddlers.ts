import { stripMarks } from "../../domain/text/letters.ts";

export interface Straddler {
  readonly held: string;
  readonly learnt: string;
  /** Shared words over all words of both, 0 to 1. */
  readonly likeness: number;
}

/** As alike as this, two messages are one in other clothes. */
const TOO_ALIKE = 0.7;
// Short messages share words by chance; only equal ones are copies.
const LEAST_WORDS = 5;

/**
 * Held-out messages that are also, or nearly, messages to learn from: whoever measures with them measures memory.
 * Compared by their words without marks, in any order.
 */
export function findStraddlers(held: readonly string[], learnt: readonly string[]): Straddler[] {
  const texts = new Map(learnt.map((text) => [plain(text), text]));
  const lines = [...texts].map(([key, text]) => ({ text, words: new Set(key.split(" ")) }));
  const linesWith = new Map<string, number[]>();
  lines.forEach(({ words }, line) => {
    for (const word of words) {
      const others = linesWith.get(word);
      if (others === undefined) linesWith.set(word, [line]);
      else others.push(line);
    }
  });
  return held.flatMap((text): Straddler[] => {
    const key = plain(text);
    const same = texts.get(key);
    if (same !== undefined) return [{ held: text, learnt: same, likeness: 1 }];
    const words = new Set(key.split(" "));
    if (words.size < LEAST_WORDS) return [];
    const shared = new Map<number, number>();
    for (const word of words)
      for (const line of linesWith.get(word) ?? []) shared.set(line, (shared.get(line) ?? 0) + 1);
    let nearest: Straddler | null = null;
    for (const [line, count] of shared) {
      const other = lines[line];
      if (other === undefined) continue;
      const likeness = count / (words.size + other.words.size - count);
      if (likeness >= TOO_ALIKE && likeness > (nearest?.likeness ?? 0))
        nearest = { held: text, learnt: other.text, likeness };
    }
    return nearest === null ? [] : [nearest];
  });
}

function plain(text: string): string {
  return stripMarks(text.normalize("NFC").toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

import { CODE_WORDS } from "./code-words.ts";

/**
 * Four words drawn evenly from more than 1,024: over 40 bits. Too few for a secret that can be tried offline at speed,
 * hence the slow keyed hash; enough online, where tries are counted and made to wait.
 */
export const CODE_LENGTH = 4;

const KNOWN: ReadonlySet<string> = new Set(CODE_WORDS);

/** `pick` draws a whole number evenly from 0 to `below` - 1 and must not be guessable. */
export function drawCode(pick: (below: number) => number): string[] {
  return Array.from({ length: CODE_LENGTH }, () => CODE_WORDS[pick(CODE_WORDS.length)] ?? "");
}

/**
 * The four words of what somebody typed, or null when they cannot be a code. Case, accents, signs and the way of cutting
 * into words do not matter: "Con Mèo, hoa-sen …" is read as "con meo", "hoa sen", ….
 */
export function readCode(typed: string): string[] | null {
  const syllables = typed
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((syllable) => syllable !== "");
  if (syllables.length !== CODE_LENGTH * 2) return null;
  const words = Array.from({ length: CODE_LENGTH }, (_each, at) =>
    syllables.slice(at * 2, at * 2 + 2).join(" "),
  );
  return words.every((word) => KNOWN.has(word)) ? words : null;
}

import { cleanCharacters } from "./clean-characters.ts";
import { readsAsEnglish } from "./language-guess.ts";
import { hasVietnameseMarks, stripMarks } from "./letters.ts";
import { bareOf, resolveWord } from "./resolve-word.ts";
import { readSigns } from "./signs.ts";
import { joinSplitWords } from "./split-words.ts";
import { undoViqr } from "./stray-keys.ts";
import { type Token, tokenise } from "./token.ts";
import type { Utterance } from "./utterance.ts";

/**
 * Reads any string at all as an utterance: pure, never throws, linear in the length, and the same text always
 * gives the same utterance. Both the marked and the unmarked words are kept, since dropping marks changes
 * meaning ("tu tu" is mostly "từ từ") and trusting them misses half of what teenagers type.
 */
export function normalise(raw: string): Utterance {
  const cleaned = undoViqr(cleanCharacters(raw));
  const tokens = joinSplitWords(tokenise(cleaned));
  const typed = tokens.map(({ word }) => word);
  const { words, breaks } = resolve(tokens, typed);
  return {
    text: cleaned.replace(/\s+/g, " ").trim(),
    words,
    bare: bareOf(words),
    typed,
    hasMarks: hasVietnameseMarks(cleaned),
    breaks,
    signs: readSigns(cleaned),
  };
}

const SENTENCE_END = /[.!?;…\n]/;

function resolve(tokens: readonly Token[], typed: readonly string[]): { words: string[]; breaks: number[] } {
  const english = readsAsEnglish(typed);
  const bare = typed.map(stripMarks);
  const words: string[] = [];
  const breaks: number[] = [];
  tokens.forEach(({ word, gap }, i) => {
    if (i > 0 && SENTENCE_END.test(gap)) breaks.push(words.length);
    words.push(...resolveWord(word, { before: bare[i - 1] ?? "", after: bare[i + 1] ?? "", english }));
  });
  return { words, breaks };
}

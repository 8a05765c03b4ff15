import type { Answer, AskStep } from "./flow.ts";
import { plainWords } from "./plain-words.ts";

// A longer text tells a story: a word of an answer in it is not the answer.
const MAX_WORDS = 8;
// "có" in a sentence may be anybody's "cô": so short a word answers only where little else is said.
const FEW_WORDS = 3;
const TELLING_LETTERS = 4;

/** The one answer that the typed text gives to a question: its label, or words that only it has. Otherwise null. */
export function pickAnswer({ answers }: AskStep, text: string): Answer | null {
  const typed = markedWords(text);
  if (typed.length === 0) return null;
  const named = answers.find(({ vi, en }) => [vi, en].some((label) => isSame(typed, markedWords(label))));
  if (named !== undefined) return named;
  if (typed.length > MAX_WORDS) return null;
  const ranked = answers
    .map((answer) => ({ answer, length: longestFit(answer, typed) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length);
  const [first, second] = ranked;
  // "không biết" holds "không": the answer with the longer words is meant, unless two are as long.
  if (first === undefined || (second !== undefined && second.length === first.length)) return null;
  return first.answer;
}

function longestFit({ words }: Answer, typed: readonly string[]): number {
  const lengths = words
    .map(markedWords)
    .filter(
      (word) => word.length > 0 && (typed.length <= FEW_WORDS || word.join("").length >= TELLING_LETTERS),
    )
    .filter((word) => typed.some((_, at) => isSame(typed.slice(at, at + word.length), word)))
    .map((word) => word.join(" ").length);
  return Math.max(0, ...lengths);
}

/** Without marks it may mean any of them; with marks it must be these: "nó" (him) is not "no". */
function isSame(typed: readonly string[], wanted: readonly string[]): boolean {
  return (
    typed.length === wanted.length &&
    typed.every((word, at) => word === wanted[at] || word === plainWords(wanted[at] ?? ""))
  );
}

function markedWords(text: string): string[] {
  return text
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

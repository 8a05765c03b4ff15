import type { Answer, AskStep } from "./flow.ts";
import { plainWords } from "./plain-words.ts";

// A longer text tells a story: a word of an answer in it is not the answer.
const MAX_WORDS = 8;

/** The one answer that the typed text gives to a question: its label, or words that only it has. Otherwise null. */
export function pickAnswer({ answers }: AskStep, text: string): Answer | null {
  const typed = plainWords(text);
  const named = answers.find(({ vi, en }) => plainWords(vi) === typed || plainWords(en) === typed);
  if (named !== undefined) return named;
  if (typed === "" || typed.split(" ").length > MAX_WORDS) return null;
  const fitting = answers.filter(({ words }) =>
    words.some((word) => ` ${typed} `.includes(` ${plainWords(word)} `)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : longestFit(fitting, typed);
}

/** "không biết" holds "không": the answer with the longer words is meant, unless two are as long. */
function longestFit(fitting: readonly Answer[], typed: string): Answer | null {
  const ranked = fitting
    .map((answer) => ({
      answer,
      length: Math.max(
        ...answer.words
          .map(plainWords)
          .filter((word) => ` ${typed} `.includes(` ${word} `))
          .map((word) => word.length),
      ),
    }))
    .sort((a, b) => b.length - a.length);
  const [first, second] = ranked;
  return first !== undefined && second !== undefined && first.length > second.length ? first.answer : null;
}

/** Shorter than this is read at one glance, and the remainder is worth a tap only when it is long too. */
const SHOWN_WORDS = 60;
const WORTH_FOLDING = 30;

interface Answer {
  readonly text: string;
  readonly points: readonly string[];
}

/** What is shown at once and what comes after "Show more"; `rest` is null when nothing is folded. */
export interface Folded {
  readonly shown: Answer;
  readonly rest: Answer | null;
}

/** Folds a long answer at the end of a sentence or between two points, never within the first 60 words. */
export function foldAnswer({ text, points }: Answer): Folded {
  const whole = { shown: { text, points }, rest: null };
  const pieces = [...sentencesOf(text), ...points];
  let words = 0;
  const cut = pieces.findIndex((_piece, at) => {
    words += wordsIn(pieces[at - 1] ?? "");
    return words >= SHOWN_WORDS;
  });
  const rest = cut < 0 ? [] : pieces.slice(cut);
  if (wordsIn(rest.join(" ")) < WORTH_FOLDING) return whole;
  const ofText = pieces.length - points.length;
  const inText = Math.min(cut, ofText);
  return {
    shown: { text: pieces.slice(0, inText).join("").trimEnd(), points: pieces.slice(ofText, cut) },
    rest: {
      text: pieces.slice(inText, ofText).join("").trim(),
      points: points.slice(Math.max(0, cut - ofText)),
    },
  };
}

/** With the space behind each, so that they join to the same text again. */
function sentencesOf(text: string): string[] {
  return text.match(/[^]*?(?:[.!?…][)"”’]?\s+|\n+|$)/g)?.filter((part) => part !== "") ?? [];
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

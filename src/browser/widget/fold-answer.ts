/** Shorter than this is read at one glance, and the remainder is worth a tap only when it is long too. */
const SHOWN_WORDS = 60;
/** The first things to do are never behind a tap. */
const SHOWN_POINTS = 3;
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

/**
 * Folds a long answer between two points, or, where there are none, at the end of a sentence; never within the first 60
 * words or the first three points.
 */
export function foldAnswer({ text, points }: Answer): Folded {
  const hasPoints = points.length > 0;
  const pieces = hasPoints ? points : sentencesOf(text);
  let words = hasPoints ? wordsIn(text) : 0;
  const cut = pieces.findIndex((_piece, at) => {
    words += wordsIn(pieces[at - 1] ?? "");
    return words >= SHOWN_WORDS && (!hasPoints || at >= SHOWN_POINTS);
  });
  const [shown, rest] = [pieces.slice(0, cut), pieces.slice(cut)];
  if (cut < 0 || wordsIn(rest.join(" ")) < WORTH_FOLDING) return { shown: { text, points }, rest: null };
  return hasPoints
    ? { shown: { text, points: shown }, rest: { text: "", points: rest } }
    : { shown: { text: shown.join("").trimEnd(), points }, rest: { text: rest.join("").trim(), points } };
}

/** With the space behind each, so that they join to the same text again. */
function sentencesOf(text: string): string[] {
  return text.match(/[^]*?(?:[.!?…][)"”’]?\s+|\n+|$)/g)?.filter((part) => part !== "") ?? [];
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

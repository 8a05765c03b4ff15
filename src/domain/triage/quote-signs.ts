import { type RiskLevel, riskRank } from "../taxonomy/risk.ts";
import type { Bilingual } from "../taxonomy/speaker.ts";
import { normalise } from "../text/normalise.ts";
import type { Span } from "./phrase-index.ts";
import { Reading } from "./reading.ts";
import type { RuleBook } from "./rule-book.ts";

/** A sign in one message, with the words that it rests on, as read: short forms written out, marks where known. */
export interface SignQuote {
  readonly level: RiskLevel;
  readonly reason: Bilingual;
  readonly words: readonly string[];
}

export type QuoteSigns = (text: string) => readonly SignQuote[];

const MOST_QUOTES = 4;

/**
 * Shows a counsellor why a message was flagged. Read anew from the transcript whenever it is shown, so that the
 * words of a person are stored in one place only and go when it goes.
 */
export function createSignQuotes(book: RuleBook): QuoteSigns {
  return (text) => {
    const utterance = normalise(text);
    return new Reading(book, utterance)
      .hits()
      .filter(({ rule }) => rule.signal.level !== "none")
      .sort((a, b) => riskRank(b.rule.signal.level) - riskRank(a.rule.signal.level))
      .slice(0, MOST_QUOTES)
      .map(({ rule, spans }) => ({
        level: rule.signal.level,
        reason: rule.signal.reason,
        words: [
          ...new Set(
            joinOverlaps(spans).map(({ start, end }) => utterance.words.slice(start, end).join(" ")),
          ),
        ],
      }));
  };
}

/** Two patterns of one rule often rest on nearly the same words: shown once. */
function joinOverlaps(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start < last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

/**
 * A message as understanding and triage read it: several views of one text, all made once.
 * The raw text stays in the transcript; an utterance lives only for a turn.
 */
export interface Utterance {
  /** NFC, cleaned of invisible and look-alike letters, lower case, single spaces. Marks kept as typed. */
  readonly text: string;
  /** Words of `text` with teencode, stretched letters and stray keys resolved; marks where known. */
  readonly words: readonly string[];
  /** `words` without tone and vowel marks, đ as d; same length and order as `words`. */
  readonly bare: readonly string[];
  /** Words as typed (cleaned, lower case), before teencode was resolved. */
  readonly typed: readonly string[];
  /** True when the message holds Vietnamese letters with marks. */
  readonly hasMarks: boolean;
  /** Indexes in `words` at which a new sentence begins; the first word is not listed. */
  readonly breaks: readonly number[];
  /** What was said without words, in order: `laugh`, `cry`, `love`, `angry`, `blade`, `ask`, `shout` … */
  readonly signs: readonly string[];
}

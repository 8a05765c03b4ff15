import { Tokenizer } from "@nlpjs/core";
import { COMPOUNDS, withoutMarks } from "./compounds-vi.ts";

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)*|\p{Extended_Pictographic}|[?!]/gu;

/**
 * Syllables, frequent compounds (`công_an`, after their syllables), emoji and the two signs that carry meaning.
 * Overrides `tokenize` too, since nlp.js's own keeps texts in a cache.
 */
export class TokenizerVi extends Tokenizer {
  constructor() {
    super();
    this.name = "tokenizer-vi";
  }

  override innerTokenize(text: string): string[] {
    const syllables = text.match(TOKEN) ?? [];
    const bare = syllables.map((syllable) => withoutMarks(syllable.toLowerCase()));
    return syllables.flatMap((syllable, i) => {
      const before = syllables[i - 1];
      const isCompound =
        before !== undefined && COMPOUNDS.get(bare[i - 1] ?? "")?.has(bare[i] ?? "") === true;
      return isCompound ? [syllable, `${before}_${syllable}`] : [syllable];
    });
  }

  override tokenize(text: string): string[] {
    return this.innerTokenize(text);
  }
}

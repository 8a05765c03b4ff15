import { Tokenizer } from "@nlpjs/core";

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)*|\p{Extended_Pictographic}|[?!]/gu;

/** Syllables, emoji and the two signs that carry meaning. Overrides `tokenize` too, since nlp.js's own keeps texts in a cache. */
export class TokenizerVi extends Tokenizer {
  constructor() {
    super();
    this.name = "tokenizer-vi";
  }

  override innerTokenize(text: string): string[] {
    return text.match(TOKEN) ?? [];
  }

  override tokenize(text: string): string[] {
    return this.innerTokenize(text);
  }
}

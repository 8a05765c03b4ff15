import { Stemmer } from "@nlpjs/core";
import { withoutMarks } from "./compounds-vi.ts";

export type ReadFeatures = (tokens: readonly string[]) => string[];

/**
 * Vietnamese words have no endings, so there is nothing to stem. nlp.js calls the stemmer last before learning,
 * which makes it the place where tokens become features.
 */
export class StemmerVi extends Stemmer {
  readonly #readFeatures: ReadFeatures;

  constructor(readFeatures: ReadFeatures = readPlainFeatures) {
    super();
    this.name = "stemmer-vi";
    this.#readFeatures = readFeatures;
  }

  override stem(tokens: string[]): string[] {
    // nlp.js looks features up in plain objects; a prefix keeps "constructor" and "__proto__" ordinary.
    return this.#readFeatures(tokens).map((feature) => `f:${feature}`);
  }
}

function readPlainFeatures(tokens: readonly string[]): string[] {
  const bare = tokens.map(withoutMarks);
  const pairs = bare.slice(1).map((token, i) => `${bare[i] ?? ""} ${token}`);
  return [...tokens, ...bare.map((token) => `~${token}`), ...pairs];
}

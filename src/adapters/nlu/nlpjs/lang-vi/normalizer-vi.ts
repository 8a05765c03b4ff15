import { Normalizer } from "@nlpjs/core";

/** nlp.js's own normaliser drops all marks (ma, má, mà become one word) and keeps đ; this one keeps what was typed. */
export class NormalizerVi extends Normalizer {
  readonly #normalise: (text: string) => string;

  constructor(normalise: (text: string) => string = tidy) {
    super();
    this.name = "normalizer-vi";
    this.#normalise = normalise;
  }

  override normalize(text: string): string {
    return this.#normalise(text);
  }
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\p{Cf}\p{Cc}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

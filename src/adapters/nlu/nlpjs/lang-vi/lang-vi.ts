// oxlint-disable-next-line typescript/triple-slash-reference -- nlp.js has no types; a program that imports this file needs the wall
/// <reference path="../nlpjs.d.ts" />
import type { Container } from "@nlpjs/core";
import { NormalizerVi } from "./normalizer-vi.ts";
import { type ReadFeatures, StemmerVi } from "./stemmer-vi.ts";
import { StopwordsVi } from "./stopwords-vi.ts";
import { TokenizerVi } from "./tokenizer-vi.ts";

export interface LangViOptions {
  /** Cleans a message; without it NFC, lower case and the usual spellings of a few letters. */
  readonly normalise?: (text: string) => string;
  /** Turns tokens into features; without it words and word pairs, with and without marks. */
  readonly readFeatures?: ReadFeatures;
}

/** Vietnamese for nlp.js, which has none: `container.use(new LangVi())`, as the forty other languages are used. */
export class LangVi {
  readonly name = "lang-vi";
  readonly #options: LangViOptions;

  constructor(options: LangViOptions = {}) {
    this.#options = options;
  }

  register(container: Container): void {
    container.register("normalizer-vi", new NormalizerVi(this.#options.normalise), true);
    container.register("tokenizer-vi", new TokenizerVi(), true);
    container.register("stemmer-vi", new StemmerVi(this.#options.readFeatures), true);
    container.register("stopwords-vi", new StopwordsVi(), true);
  }
}

import type { Topics } from "./topics.ts";
import type { Words } from "./words.ts";

/** Everything that the page says by itself, in one language. */
export interface LanguagePack {
  readonly words: Words;
  readonly topics: Topics;
}

/** One word of the cleaned text, with what stood between it and the word before. */
export interface Token {
  readonly word: string;
  /** Signs and blanks before the word, as typed. */
  readonly gap: string;
}

const WORD = /[\p{L}\p{N}]+(?:['@$*]+[\p{L}\p{N}]+)*[@]?/gu;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    tokens.push({ word: match[0], gap: text.slice(end, match.index) });
    end = match.index + match[0].length;
  }
  return tokens;
}

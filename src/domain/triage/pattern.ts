/**
 * The pattern language of the rules, from text to tree.
 *
 *   muốn chết            these words side by side, marked or not
 *   tự! tử               `!`: this word only with its marks
 *   (bố|mẹ|ông bà)       one of these
 *   [rất]                may be left out
 *   @self                one of a named list
 *   #                    any figure
 *   a .. b   a ..6 b     a, then b at most 3 (6) words later; fillers cost nothing, a new sentence costs two
 *   a & b ~8             in any order within 8 words
 *   ^ a    a $           a is the first (last) word of the message
 *   a && b               both somewhere in the message; the words of `a` are the ones that frames look at
 */
export interface WordAtom {
  readonly kind: "word";
  readonly word: string;
  /** Only the marked spelling will do. */
  readonly isStrict: boolean;
}

export type Atom =
  | WordAtom
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "choice"; readonly options: readonly (readonly Atom[])[] }
  | { readonly kind: "maybe"; readonly options: readonly (readonly Atom[])[] };

/** Atoms side by side, and how far the next run may stand from them. */
export interface Run {
  readonly atoms: readonly Atom[];
  /** Words allowed before this run, counted from the run before it. */
  readonly gap: number;
}

export interface Cluster {
  readonly sequences: readonly (readonly Run[])[];
  /** Words within which all sequences must stand, in any order; 0 when there is only one. */
  readonly window: number;
}

export interface Pattern {
  readonly clusters: readonly Cluster[];
}

/** A mistake in a pattern, worded for an editor. */
export class PatternMistake extends Error {}

const DEFAULT_GAP = 3;
const MAX_GAP = 30;
const LIST_END = "&end";
const SIGNS = new Set(["(", ")", "[", "]", "|", "&&", "&", LIST_END]);

export function parsePattern(text: string): Pattern {
  const tokens = tokenise(text);
  const clusters = splitBy(tokens, "&&").map((part) => parseCluster(part, text));
  return { clusters };
}

/** A word list: phrases of words, choices and lists between `|`, nothing that needs distance. */
export function parseWordList(text: string): readonly (readonly Atom[])[] {
  const reader = new Reader([...tokenise(text), LIST_END], text);
  const phrases = reader.options(LIST_END);
  if (!reader.isDone()) throw new PatternMistake(`"${reader.peek()}" is not expected in a word list`);
  return phrases;
}

function tokenise(text: string): string[] {
  const spaced = text
    .toLowerCase()
    .normalize("NFC")
    .replace(/([()[\]|])/g, " $1 ")
    .trim();
  return spaced.split(/\s+/);
}

function splitBy(tokens: readonly string[], sign: string): string[][] {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function parseCluster(tokens: readonly string[], text: string): Cluster {
  const last = tokens.at(-1) ?? "";
  const isWindow = /^~\d+$/.test(last);
  const window = isWindow ? Number(last.slice(1)) : 0;
  const sequences = splitBy(isWindow ? tokens.slice(0, -1) : tokens, "&").map((part) =>
    parseSequence(part, text),
  );
  if (sequences.length > 1 && window === 0)
    throw new PatternMistake(`"a & b" needs a distance such as ~8: "${text}"`);
  if (sequences.length === 1 && isWindow) throw new PatternMistake(`${last} needs "&": "${text}"`);
  return { sequences, window };
}

function parseSequence(tokens: readonly string[], text: string): Run[] {
  const reader = new Reader(tokens, text);
  const runs: Run[] = [];
  let gap = 0;
  while (true) {
    const atoms = reader.atoms();
    if (atoms.length === 0) throw new PatternMistake(`something is missing in "${text}"`);
    runs.push({ atoms, gap });
    if (reader.isDone()) return runs;
    gap = reader.gap();
  }
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  gap(): number {
    const token = this.peek();
    if (!/^\.\.\d*$/.test(token)) throw new PatternMistake(`"${token}" is not expected in "${this.#text}"`);
    this.#at++;
    const gap = token === ".." ? DEFAULT_GAP : Number(token.slice(2));
    if (gap > MAX_GAP)
      throw new PatternMistake(`${token} is too far, ${MAX_GAP} is the most: "${this.#text}"`);
    return gap;
  }

  atoms(): Atom[] {
    const atoms: Atom[] = [];
    while (!this.isDone() && this.#startsAtom()) atoms.push(this.#atom());
    return atoms;
  }

  #startsAtom(): boolean {
    const token = this.peek();
    return (
      token === "(" || token === "[" || !(SIGNS.has(token) || token.startsWith("..") || token.startsWith("~"))
    );
  }

  #atom(): Atom {
    const token = this.peek();
    this.#at++;
    if (token === "(") return { kind: "choice", options: this.options(")") };
    if (token === "[") return { kind: "maybe", options: this.options("]") };
    if (token.startsWith("@")) return { kind: "list", name: token.slice(1) };
    const isStrict = token.length > 1 && token.endsWith("!");
    return { kind: "word", word: isStrict ? token.slice(0, -1) : token, isStrict };
  }

  options(closing: string): Atom[][] {
    const options: Atom[][] = [];
    while (true) {
      const option = this.atoms();
      if (option.length === 0)
        throw new PatternMistake(`an empty choice before "${this.peek()}" in "${shorten(this.#text)}"`);
      options.push(option);
      const sign = this.peek();
      this.#at++;
      if (sign === closing) return options;
      if (sign !== "|")
        throw new PatternMistake(
          `"${closing === LIST_END ? "|" : closing}" is missing before "${sign}" in "${shorten(this.#text)}"`,
        );
    }
  }
}

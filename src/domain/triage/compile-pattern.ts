import {
  type Atom,
  type Cluster,
  type Pattern,
  PatternMistake,
  parsePattern,
  parseWordList,
  type Run,
} from "./pattern.ts";
import { PhraseIndex } from "./phrase-index.ts";
import { type Literal, literal } from "./word-fit.ts";

/** One list of phrases, and how far it may stand from the step before. */
export interface Step {
  readonly list: number;
  readonly gap: number;
}

export interface CompiledCluster {
  /** Per sequence its variants: one for each way of leaving out what may be left out. */
  readonly sequences: readonly (readonly (readonly Step[])[])[];
  readonly window: number;
}

export interface CompiledPattern {
  readonly clusters: readonly CompiledCluster[];
  /** Lists without which the pattern cannot match. */
  readonly needs: readonly number[];
  /** The pattern itself says "not": a "not" inside its words denies nothing. */
  readonly saysNo: boolean;
}

const NO_WORDS = new Set("không chưa chẳng chả đừng not no never nobody without".split(" "));

const MAX_PHRASES = 4_000;
const MAX_VARIANTS = 16;

/** Turns pattern texts into steps over numbered phrase lists. Equal lists share a number. */
export class PatternCompiler {
  readonly index = new PhraseIndex();
  readonly #words: ReadonlyMap<string, string>;
  readonly #numbers = new Map<string, number>();
  readonly #phrasesOf = new Map<string, readonly (readonly Literal[])[]>();
  readonly #noLists = new Set<number>();
  readonly #open = new Set<string>();

  readonly #vague: ReadonlySet<string>;

  /** `vague`: words so common without marks that alone, unmarked, they say nothing ("so": sợ, số, sờ …). */
  constructor(words: ReadonlyMap<string, string>, vague: ReadonlySet<string>) {
    this.#words = words;
    this.#vague = vague;
  }

  /** Throws PatternMistake. */
  compile(text: string): CompiledPattern {
    const pattern: Pattern = parsePattern(text);
    const clusters = pattern.clusters.map((cluster) => this.#cluster(cluster));
    const needs = new Set<number>();
    for (const { sequences } of clusters) {
      for (const variants of sequences) for (const list of neededBy(variants)) needs.add(list);
    }
    if (needs.size === 0) throw new PatternMistake(`everything may be left out in "${text}"`);
    return { clusters, needs: [...needs], saysNo: this.#saysNo(clusters) };
  }

  /** Throws PatternMistake when the list, or one it names, is wrong. */
  checkList(name: string): void {
    this.#listPhrases(name);
  }

  #saysNo(clusters: readonly CompiledCluster[]): boolean {
    return clusters.some(({ sequences }) =>
      sequences.some((variants) =>
        variants.some((steps) => steps.some(({ list }) => this.#noLists.has(list))),
      ),
    );
  }

  #cluster(cluster: Cluster): CompiledCluster {
    return { sequences: cluster.sequences.map((runs) => this.#sequence(runs)), window: cluster.window };
  }

  #sequence(runs: readonly Run[]): Step[][] {
    const parts = runs.flatMap((run) =>
      groupWords(run.atoms).map((atoms, at) => ({
        atoms,
        gap: at === 0 ? run.gap : 0,
        mayMiss: atoms[0]?.kind === "maybe",
      })),
    );
    let variants: Step[][] = [[]];
    let carried = 0;
    for (const part of parts) {
      const step = { list: this.#number(part.atoms), gap: Math.max(part.gap, carried) };
      const taken = variants.map((steps) => [...steps, step]);
      // What is left out hands its distance on to the next part.
      carried = part.mayMiss ? step.gap : 0;
      variants = part.mayMiss ? [...taken, ...variants] : taken;
      if (variants.length > MAX_VARIANTS) throw new PatternMistake("too many parts that may be left out");
    }
    if (parts.every((part) => part.mayMiss)) throw new PatternMistake("every part of it may be left out");
    return variants.filter((steps) => steps.length > 0);
  }

  #number(atoms: readonly Atom[]): number {
    const [first] = atoms;
    const key = atoms.length === 1 && first?.kind === "list" ? `@${first.name}` : JSON.stringify(atoms);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    const required = atoms.map(
      (atom): Atom => (atom.kind === "maybe" ? { kind: "choice", options: atom.options } : atom),
    );
    for (const phrase of this.#expand(required)) {
      this.index.add(number, this.#sharpen(phrase));
      if (phrase.some(({ word }) => NO_WORDS.has(word))) this.#noLists.add(number);
    }
    return number;
  }

  #sharpen(phrase: readonly Literal[]): readonly Literal[] {
    const [only] = phrase;
    const isVague =
      phrase.length === 1 && only !== undefined && only.word !== only.bare && this.#vague.has(only.word);
    return isVague ? [{ ...only, isStrict: true }] : phrase;
  }

  #expand(atoms: readonly Atom[]): (readonly Literal[])[] {
    let phrases: (readonly Literal[])[] = [[]];
    for (const atom of atoms) {
      const tails = this.#expandAtom(atom);
      phrases = phrases.flatMap((head) => tails.map((tail) => [...head, ...tail]));
      if (phrases.length > MAX_PHRASES)
        throw new PatternMistake(`more than ${MAX_PHRASES} phrases in one choice`);
    }
    return phrases.filter((phrase) => phrase.length > 0);
  }

  #expandAtom(atom: Atom): readonly (readonly Literal[])[] {
    switch (atom.kind) {
      case "word":
        return [[literal(atom.word, atom.isStrict)]];
      case "choice":
        return atom.options.flatMap((option) => this.#expand(option));
      case "maybe":
        return [[], ...atom.options.flatMap((option) => this.#expand(option))];
      case "list":
        return this.#listPhrases(atom.name);
    }
  }

  #listPhrases(name: string): readonly (readonly Literal[])[] {
    const known = this.#phrasesOf.get(name);
    if (known !== undefined) return known;
    const text = this.#words.get(name);
    if (text === undefined) throw new PatternMistake(`there is no word list @${name}`);
    if (this.#open.has(name)) throw new PatternMistake(`the word list @${name} names itself`);
    this.#open.add(name);
    try {
      const phrases = parseWordList(text).flatMap((phrase) => this.#expand(phrase));
      this.#phrasesOf.set(name, phrases);
      return phrases;
    } finally {
      this.#open.delete(name);
    }
  }
}

/** Plain words side by side are one phrase; everything else is a step of its own. */
function groupWords(atoms: readonly Atom[]): (readonly Atom[])[] {
  const groups: Atom[][] = [];
  for (const atom of atoms) {
    const last = groups.at(-1);
    if (atom.kind === "word" && last?.[0]?.kind === "word") last.push(atom);
    else groups.push([atom]);
  }
  return groups;
}

function neededBy(variants: readonly (readonly Step[])[]): number[] {
  const [first = [], ...others] = variants;
  return first
    .map((step) => step.list)
    .filter((list) => others.every((steps) => steps.some((step) => step.list === list)));
}

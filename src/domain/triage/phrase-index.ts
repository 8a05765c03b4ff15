import type { Utterance } from "../text/utterance.ts";
import { type Literal, WordFit } from "./word-fit.ts";

interface PhraseEnd {
  readonly literals: readonly Literal[];
  readonly lists: number[];
}

interface Node {
  readonly next: Map<string, Node>;
  readonly ends: PhraseEnd[];
}

/** Where lists of phrases stand in a message: per list, start and end of each find, by rising start. */
export type Finds = ReadonlyMap<number, readonly Span[]>;

/** Words from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** In a pattern: any word that begins with a figure. */
export const ANY_FIGURE = "#";

/**
 * All phrases of all lists in one tree of unmarked words. One walk over a message finds everything; the work
 * is at most the message's words times the longest phrase, whatever was typed.
 */
export class PhraseIndex {
  readonly #root: Node = { next: new Map(), ends: [] };

  add(list: number, literals: readonly Literal[]): void {
    let node = this.#root;
    for (const { bare } of literals) {
      let next = node.next.get(bare);
      if (next === undefined) {
        next = { next: new Map(), ends: [] };
        node.next.set(bare, next);
      }
      node = next;
    }
    const same = node.ends.find((end) => end.literals.every((each, at) => isSame(each, literals[at])));
    if (same === undefined) node.ends.push({ literals, lists: [list] });
    else if (!same.lists.includes(list)) same.lists.push(list);
  }

  find(utterance: Utterance): Finds {
    const finds = new Map<number, Span[]>();
    const search: Search = { bare: utterance.bare, fit: new WordFit(utterance), finds };
    for (let start = 0; start < search.bare.length; start++) walk(this.#root, { start, at: start }, search);
    return finds;
  }
}

interface Search {
  readonly bare: readonly string[];
  readonly fit: WordFit;
  readonly finds: Map<number, Span[]>;
}

/** Follows one path down the tree; a figure opens a second one. The tree is only as deep as the longest phrase. */
function walk(
  from: Node,
  { start, at }: { readonly start: number; readonly at: number },
  search: Search,
): void {
  let node = from;
  for (let place = at; place < search.bare.length; place++) {
    const word = search.bare[place] ?? "";
    const figure = word >= "0" && word < ":" ? node.next.get(ANY_FIGURE) : undefined;
    if (figure !== undefined) {
      note(figure, { start, end: place + 1 }, search);
      walk(figure, { start, at: place + 1 }, search);
    }
    const next = node.next.get(word);
    if (next === undefined) return;
    note(next, { start, end: place + 1 }, search);
    node = next;
  }
}

function note({ ends }: Node, span: Span, { fit, finds }: Search): void {
  for (const { literals, lists } of ends) {
    let fits = true;
    for (let i = 0; fits && i < literals.length; i++) fits = fit.fits(span.start + i, literals[i]);
    if (fits) record(finds, lists, span);
  }
}

function record(finds: Map<number, Span[]>, lists: readonly number[], span: Span): void {
  for (const list of lists) {
    const known = finds.get(list);
    if (known === undefined) finds.set(list, [span]);
    else known.push(span);
  }
}

function isSame(one: Literal, other: Literal | undefined): boolean {
  return other !== undefined && one.word === other.word && one.isStrict === other.isStrict;
}

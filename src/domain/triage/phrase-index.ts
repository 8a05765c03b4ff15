import type { Utterance } from "../text/utterance.ts";
import { type Literal, WordFit } from "./word-fit.ts";

interface Node {
  /** Unmarked word → the words it may stand for, each with what follows. */
  readonly next: Map<string, Branch[]>;
  /** Lists of which a phrase ends here. */
  readonly lists: number[];
}

interface Branch {
  readonly literal: Literal;
  readonly node: Node;
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
  readonly #root: Node = { next: new Map(), lists: [] };

  add(list: number, literals: readonly Literal[]): void {
    let node = this.#root;
    for (const literal of literals) node = branchFor(node, literal);
    if (!node.lists.includes(list)) node.lists.push(list);
  }

  find(utterance: Utterance): Finds {
    const finds = new Map<number, Span[]>();
    const search: Search = { bare: utterance.bare, fit: new WordFit(utterance), finds };
    for (let start = 0; start < search.bare.length; start++) walk(this.#root, { start, at: start }, search);
    return finds;
  }
}

function branchFor({ next }: Node, literal: Literal): Node {
  const known = next.get(literal.bare);
  const same = known?.find((branch) => isSame(branch.literal, literal));
  if (same !== undefined) return same.node;
  const branch: Branch = { literal, node: { next: new Map(), lists: [] } };
  if (known === undefined) next.set(literal.bare, [branch]);
  else known.push(branch);
  return branch.node;
}

interface Search {
  readonly bare: readonly string[];
  readonly fit: WordFit;
  readonly finds: Map<number, Span[]>;
}

interface Place {
  readonly start: number;
  readonly at: number;
}

/** Follows every path down the tree that the words allow. The tree is only as deep as the longest phrase. */
function walk({ next }: Node, { start, at }: Place, search: Search): void {
  const word = search.bare[at];
  if (word === undefined) return;
  if (word >= "0" && word < ":") follow(next.get(ANY_FIGURE), { start, at }, search);
  follow(next.get(word), { start, at }, search);
}

function follow(branches: readonly Branch[] | undefined, { start, at }: Place, search: Search): void {
  if (branches === undefined) return;
  for (const { literal, node } of branches) {
    if (!search.fit.fits(at, literal)) continue;
    if (node.lists.length > 0) record(search.finds, node.lists, { start, end: at + 1 });
    if (node.next.size > 0) walk(node, { start, at: at + 1 }, search);
  }
}

function record(finds: Map<number, Span[]>, lists: readonly number[], span: Span): void {
  for (const list of lists) {
    const known = finds.get(list);
    if (known === undefined) finds.set(list, [span]);
    else known.push(span);
  }
}

function isSame(one: Literal, other: Literal): boolean {
  return one.word === other.word && one.isStrict === other.isStrict;
}

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
    const { bare } = utterance;
    const fit = new WordFit(utterance);
    for (let start = 0; start < bare.length; start++) {
      let nodes: readonly Node[] = follow([this.#root], bare[start] ?? "");
      for (let end = start + 1; nodes.length > 0; end++) {
        for (const node of nodes) {
          for (const phrase of node.ends) {
            if (phrase.literals.every((each, at) => fit.fits(start + at, each))) record(finds, phrase.lists, { start, end });
          }
        }
        nodes = end < bare.length ? follow(nodes, bare[end] ?? "") : [];
      }
    }
    return finds;
  }
}

function follow(nodes: readonly Node[], word: string): readonly Node[] {
  const isFigure = word >= "0" && word < ":";
  const [only] = nodes;
  if (nodes.length === 1 && !isFigure) {
    const next = only?.next.get(word);
    return next === undefined ? [] : [next];
  }
  return nodes.flatMap((node) => [node.next.get(word), isFigure ? node.next.get(ANY_FIGURE) : undefined]).filter((node) => node !== undefined);
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

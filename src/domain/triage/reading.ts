import type { Utterance } from "../text/utterance.ts";
import type { CompiledPattern } from "./compile-pattern.ts";
import { Distances } from "./distances.ts";
import { FrameSpans } from "./frame-spans.ts";
import { matchPattern } from "./match-pattern.ts";
import type { Finds, Span } from "./phrase-index.ts";
import type { Frame, Rule, RuleBook } from "./rule-book.ts";

/** A rule that holds for a message, and the words it rests on. */
export interface RuleHit {
  readonly rule: Rule;
  readonly spans: readonly Span[];
}

const OWN_LIFE = "own-life";

/** One message as the rules see it. Lives for one assessment. */
export class Reading {
  readonly #book: RuleBook;
  readonly #finds: Finds;
  readonly #distances: Distances;
  readonly #frameSpans = new Map<string, FrameSpans>();
  #idiomSpans: readonly Span[] = [];

  constructor(book: RuleBook, utterance: Utterance) {
    this.#book = book;
    const whole = withEnds(utterance);
    this.#finds = book.index.find(whole);
    this.#distances = new Distances(whole, book.fillers);
  }

  /** Every rule that holds, each once. */
  hits(): RuleHit[] {
    this.#idiomSpans = this.#findIdioms();
    const visible = hide(this.#finds, this.#idiomSpans);
    const spansOf = new Map<number, readonly Span[]>();
    for (const list of visible.keys()) {
      for (const { pattern, owner } of this.#book.rulesAt.get(list) ?? []) {
        const rule = this.#book.rules[owner];
        if (rule === undefined) continue;
        const spans = matchPattern(pattern, visible, this.#distances);
        const open = spans.length === 0 ? spans : this.#unframed(rule, pattern, spans);
        if (open.length > 0) spansOf.set(owner, [...(spansOf.get(owner) ?? []), ...open]);
      }
    }
    const hits: RuleHit[] = [];
    for (const [owner, spans] of spansOf) {
      const rule = this.#book.rules[owner];
      const open = rule === undefined ? [] : this.#uncancelled(rule, spans);
      // Back to the words of the person: the first place was taken by "^".
      const own = open.map(({ start, end }) => ({ start: Math.max(0, start - 1), end: end - 1 }));
      if (rule !== undefined && own.length > 0) hits.push({ rule, spans: own });
    }
    return hits;
  }

  /** True when an idiom or a frame says that dangerous words here may be harmless. */
  isCalm(): boolean {
    return this.#idiomSpans.length > 0 || this.calmFrames().length > 0;
  }

  /** The frames that may explain dangerous words away. */
  calmFrames(): string[] {
    const names: string[] = [];
    for (const [name, frame] of this.#book.frames) {
      if (frame.calmsModel && !this.#spansOfFrame(name, frame).isEmpty) names.push(name);
    }
    return names;
  }

  /** The frames that hold for the messages after this one too. */
  carriedFrames(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const [name, frame] of this.#book.frames) {
      if (!frame.carries) continue;
      if (!this.#spansOfFrame(name, frame).isEmpty || this.#matchesAny(frame.opens)) names.add(name);
    }
    return names;
  }

  /** True when the person speaks of their own life, whatever was told before. */
  isOwnLife(): boolean {
    const frame = this.#book.frames.get(OWN_LIFE);
    return frame !== undefined && !this.#spansOfFrame(OWN_LIFE, frame).isEmpty;
  }

  #findIdioms(): readonly Span[] {
    let spans: readonly Span[] = [];
    const off = new Set<number>();
    for (const list of this.#finds.keys()) {
      for (const { pattern, owner } of this.#book.idiomsAt.get(list) ?? []) {
        if (off.has(owner)) continue;
        const found = matchPattern(pattern, this.#finds, this.#distances);
        if (found.length === 0) continue;
        if (this.#matchesAny(this.#book.idioms[owner]?.unless ?? [])) off.add(owner);
        else spans = spans.concat(found);
      }
    }
    return spans;
  }

  #unframed(rule: Rule, { saysNo }: CompiledPattern, spans: readonly Span[]): readonly Span[] {
    let open = spans;
    for (const name of rule.unless) {
      const frame = this.#book.frames.get(name);
      if (frame === undefined) continue;
      const around = this.#spansOfFrame(name, frame);
      if (!around.isEmpty) open = open.filter((span) => !around.covers(span, saysNo));
      if (open.length === 0) return open;
    }
    return open;
  }

  #uncancelled({ not }: Rule, spans: readonly Span[]): readonly Span[] {
    const found = not.flatMap((pattern) => matchPattern(pattern, this.#finds, this.#distances));
    if (found.length === 0) return spans;
    const around = new FrameSpans(found, "message", this.#distances);
    return spans.filter((span) => !around.covers(span, false));
  }

  #spansOfFrame(name: string, frame: Frame): FrameSpans {
    const known = this.#frameSpans.get(name);
    if (known !== undefined) return known;
    const found = frame.any.flatMap((pattern) => matchPattern(pattern, this.#finds, this.#distances));
    const spans = found.length > 0 && this.#matchesAny(frame.except) ? [] : found;
    const frameSpans = new FrameSpans(spans, frame.where, this.#distances);
    this.#frameSpans.set(name, frameSpans);
    return frameSpans;
  }

  #matchesAny(patterns: readonly CompiledPattern[]): boolean {
    return patterns.some((pattern) => matchPattern(pattern, this.#finds, this.#distances).length > 0);
  }
}

/** `^` and `$` let a pattern ask for the first or last word of a message. */
function withEnds(utterance: Utterance): Utterance {
  return {
    ...utterance,
    words: ["^", ...utterance.words, "$"],
    bare: ["^", ...utterance.bare, "$"],
    breaks: utterance.breaks.map((at) => at + 1),
  };
}

/** Takes away finds that lie wholly inside a hidden span. */
function hide(finds: Finds, hidden: readonly Span[]): Finds {
  if (hidden.length === 0) return finds;
  const reach = reachOf(hidden);
  const visible = new Map<number, readonly Span[]>();
  for (const [list, spans] of finds) {
    const open = spans.filter(({ start, end }) => (reach(start) ?? 0) < end);
    if (open.length > 0) visible.set(list, open);
  }
  return visible;
}

/** For a word, how far the hidden spans that begin at or before it reach. Linear to make, constant to ask. */
function reachOf(hidden: readonly Span[]): (start: number) => number {
  const last = hidden.reduce((most, { end }) => Math.max(most, end), 0);
  const furthest = new Int32Array(last + 1);
  for (const { start, end } of hidden) if (end > (furthest[start] ?? 0)) furthest[start] = end;
  for (let at = 1; at <= last; at++) furthest[at] = Math.max(furthest[at] ?? 0, furthest[at - 1] ?? 0);
  return (start) => furthest[Math.min(start, last)] ?? 0;
}

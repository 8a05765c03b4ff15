import type { Distances } from "./distances.ts";
import type { Span } from "./phrase-index.ts";
import type { FramePlace } from "./rule.ts";

/** How far, in words, something said elsewhere still bears on what a rule matched: a long text hides nothing. */
const REACH = 25;

/** Where one frame stands in a message, ready to be asked about many spans without comparing each with each. */
export class FrameSpans {
  readonly #where: FramePlace;
  readonly #distances: Distances;
  readonly #byEnd: readonly Span[];
  readonly #byStart: readonly Span[];
  /** How far the spans up to each one of `#byStart` reach. */
  readonly #reach: readonly number[];
  readonly #sentences: ReadonlySet<number>;

  constructor(spans: readonly Span[], where: FramePlace, distances: Distances) {
    this.#where = where;
    this.#distances = distances;
    this.#byEnd = [...spans].sort((a, b) => a.end - b.end || a.start - b.start);
    this.#byStart = [...spans].sort((a, b) => a.start - b.start);
    let furthest = 0;
    this.#reach = this.#byStart.map(({ end }) => (furthest = Math.max(furthest, end)));
    this.#sentences = new Set(spans.map(({ start }) => distances.sentenceOf(start)));
  }

  get isEmpty(): boolean {
    return this.#byEnd.length === 0;
  }

  /** `saysNo`: the words matched hold a "not" of their own. */
  covers(span: Span, saysNo: boolean): boolean {
    if (this.isEmpty) return false;
    const where = this.#where;
    if (where === "message") return this.#standsNear(span, REACH);
    if (where === "sentence") return this.#sharesSentence(span);
    if ("before" in where) return this.#standsBefore(span, { limit: where.before, saysNo });
    return this.#standsAfter(span, where.after);
  }

  #standsNear(span: Span, limit: number): boolean {
    const at = lowest(this.#byStart.length, (each) => (this.#byStart[each]?.start ?? 0) >= span.start);
    const furthest = this.#reach[at - 1];
    if (
      furthest !== undefined &&
      this.#distances.between(Math.min(furthest, span.start), span.start) <= limit
    )
      return true;
    const next = this.#byStart[at];
    return next !== undefined && this.#distances.between(span.end, Math.max(span.end, next.start)) <= limit;
  }

  #standsAfter(span: Span, limit: number): boolean {
    const next =
      this.#byStart[lowest(this.#byStart.length, (at) => (this.#byStart[at]?.start ?? 0) >= span.end)];
    return next !== undefined && this.#distances.between(span.end, next.start) <= limit;
  }

  #sharesSentence({ start, end }: Span): boolean {
    const last = this.#distances.sentenceOf(Math.max(start, end - 1));
    for (let at = this.#distances.sentenceOf(start); at <= last; at++)
      if (this.#sentences.has(at)) return true;
    return false;
  }

  #standsBefore(
    span: Span,
    { limit, saysNo }: { readonly limit: number; readonly saysNo: boolean },
  ): boolean {
    const ahead = this.#lastEnding(span.start);
    if (ahead !== undefined && this.#distances.between(ahead.end, span.start) <= limit) return true;
    if (saysNo) return false;
    // A denial may also stand inside the words matched, in a gap.
    const inside = this.#lastEnding(span.end - 1);
    return inside !== undefined && inside.start > span.start;
  }

  #lastEnding(limit: number): Span | undefined {
    return this.#byEnd[lowest(this.#byEnd.length, (at) => (this.#byEnd[at]?.end ?? 0) > limit) - 1];
  }
}

/** The lowest index for which `holds` is true, when it stays true from there on; `length` when it never is. */
function lowest(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

import type { CompiledCluster, CompiledPattern, Step } from "./compile-pattern.ts";
import type { Finds, Span } from "./phrase-index.ts";
import type { Distances } from "./distances.ts";

/**
 * All places where a pattern matches. Each list's finds are walked once per step, so the work grows with the
 * number of finds and never with their combinations.
 */
export function matchPattern(pattern: CompiledPattern, finds: Finds, distances: Distances): readonly Span[] {
  for (const list of pattern.needs) if (!finds.has(list)) return [];
  const [core, ...others] = pattern.clusters;
  if (core === undefined) return [];
  for (const cluster of others) if (matchCluster(cluster, finds, distances).length === 0) return [];
  return matchCluster(core, finds, distances);
}

function matchCluster(
  { sequences, window }: CompiledCluster,
  finds: Finds,
  distances: Distances,
): readonly Span[] {
  const found: (readonly Span[])[] = [];
  for (const variants of sequences) {
    const spans =
      variants.length === 1
        ? matchSteps(variants[0] ?? [], finds, distances)
        : variants.flatMap((steps) => matchSteps(steps, finds, distances));
    if (spans.length === 0) return [];
    found.push(spans);
  }
  return found.length === 1 ? (found[0] ?? []) : within(found, window, distances);
}

function matchSteps(steps: readonly Step[], finds: Finds, distances: Distances): readonly Span[] {
  let spans: readonly Span[] = [];
  for (const [at, { list, gap }] of steps.entries()) {
    const next = finds.get(list);
    if (next === undefined) return [];
    spans = at === 0 ? next : follow(spans, next, { gap, distances });
    if (spans.length === 0) return [];
  }
  return spans;
}

/** Of all spans that end before a find the nearest is enough: if it is too far, so are the others. */
function follow(
  spans: readonly Span[],
  next: readonly Span[],
  limit: { gap: number; distances: Distances },
): Span[] {
  const byEnd = sortedByEnd(spans);
  const joined: Span[] = [];
  let at = 0;
  for (const { start, end } of next) {
    while (at < byEnd.length && (byEnd[at]?.end ?? 0) <= start) at++;
    const nearest = byEnd[at - 1];
    if (nearest !== undefined && limit.distances.between(nearest.end, start) <= limit.gap)
      joined.push({ start: nearest.start, end });
  }
  return joined;
}

/** Any order: walks all finds by their end and remembers the newest of each kind. */
function within(kinds: readonly (readonly Span[])[], window: number, distances: Distances): Span[] {
  const all = sortedByEnd(kinds.flatMap((spans, kind) => spans.map((span) => ({ ...span, kind }))));
  const newest: number[] = kinds.map(() => -1);
  const joined: Span[] = [];
  for (const { start, end, kind } of all) {
    if (start > (newest[kind] ?? -1)) newest[kind] = start;
    const first = Math.min(...newest);
    if (first >= 0 && distances.across(first, end) <= window) joined.push({ start: first, end });
  }
  return joined;
}

function sortedByEnd<T extends Span>(spans: readonly T[]): readonly T[] {
  for (let i = 1; i < spans.length; i++) {
    if ((spans[i]?.end ?? 0) < (spans[i - 1]?.end ?? 0)) return [...spans].sort((a, b) => a.end - b.end);
  }
  return spans;
}

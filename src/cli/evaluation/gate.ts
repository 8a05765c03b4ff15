import { z } from "zod";
import type { Share } from "./shares.ts";
import type { TriageFigures } from "./triage-figures.ts";
import type { UnderstandingFigures } from "./understanding-figures.ts";

/** One figure that may not get worse. */
export interface Figure {
  readonly name: string;
  readonly hit: number;
  readonly of: number;
  /** Whether a larger share is better (found) or a smaller one (false alarms). */
  readonly want: "more" | "less";
}

const Accepted = z.strictObject({
  name: z.string(),
  hit: z.number().int().min(0),
  of: z.number().int().min(0),
  want: z.enum(["more", "less"]),
});
/** `docs/figures.json`: the figures as last accepted. */
export const AcceptedFigures = z.array(Accepted);

export interface Fall {
  readonly figure: Figure;
  readonly accepted: Figure;
  /** As a share; a smaller change means nothing. */
  readonly noise: number;
}

/**
 * Figures that fell by more than their noise. The messages are the same before and after, so a change of one
 * standard error of the slice is rarely luck: training again with another seed moves a slice by about half of it.
 */
export function findFalls(now: readonly Figure[], accepted: readonly Figure[]): Fall[] {
  const byName = new Map(now.map((figure) => [figure.name, figure]));
  return accepted.flatMap((before) => {
    const figure = byName.get(before.name) ?? { ...before, hit: before.want === "more" ? 0 : before.of };
    const noise = noiseOf(before);
    const change = shareOf(figure) - shareOf(before);
    return (before.want === "more" ? -change : change) > noise ? [{ figure, accepted: before, noise }] : [];
  });
}

export function noiseOf({ hit, of }: Figure): number {
  if (of === 0) return 1;
  // Laplace: a slice without a single mistake is not free of noise.
  const share = (hit + 1) / (of + 2);
  return Math.max(1 / of, Math.sqrt((share * (1 - share)) / of));
}

function shareOf({ hit, of }: Figure): number {
  return of === 0 ? 0 : hit / of;
}

/** Slices smaller than this are too noisy to hold anybody to. */
const LEAST = 20;

export function gatedUnderstanding(figures: UnderstandingFigures): Figure[] {
  return [
    ...list("intent", "more", [figures.overall, figures.inScope]),
    ...list("intent by language", "more", figures.byLocale),
    ...list("intent by style", "more", figures.byStyle),
    ...list("intent by speaker", "more", figures.byAudience),
    ...list("intent by length", "more", figures.byLength),
    ...list("gate", "less", [figures.acceptedOutside, figures.refusedInside]),
    ...list("speaker", "more", [figures.audienceWhereTold, figures.locale]),
  ];
}

export function gatedTriage(set: string, { grave, any, ...figures }: TriageFigures): Figure[] {
  return [
    ...list(`${set}: urgent and above seen`, "more", [
      grave.all,
      ...grave.byLevel,
      ...grave.byCategory,
      ...grave.byStyle,
    ]),
    ...list(`${set}: concern and above seen`, "more", [any.all, ...any.byLevel, ...any.byCategory]),
    ...list(`${set}: false alarms`, "less", figures.falseAlarms),
    ...list(`${set}: false handoffs`, "less", [figures.falseHandoffs]),
    ...list(`${set}: conversations`, "more", figures.conversations),
  ];
}

function list(title: string, want: Figure["want"], shares: readonly Share[]): Figure[] {
  return shares
    .filter(({ of }) => of >= LEAST)
    .map(({ name, hit, of }) => ({ name: `${title}: ${name}`, hit, of, want }));
}

export function formatFall({ figure, accepted, noise }: Fall): string {
  const percent = ({ hit, of }: Figure) => `${of === 0 ? "–" : ((100 * hit) / of).toFixed(1)} %`;
  return `${figure.name}: ${percent(accepted)} → ${percent(figure)} (${figure.hit} of ${figure.of}; noise ${(100 * noise).toFixed(1)} points)`;
}

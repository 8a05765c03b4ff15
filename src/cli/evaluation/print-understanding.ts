import { formatShare } from "./shares.ts";
import type { Slice, UnderstandingFigures } from "./understanding-figures.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export function printUnderstanding(figures: UnderstandingFigures): string[] {
  const slices = (title: string, list: readonly Slice[]) => [
    title,
    ...list.map((slice) => `${formatShare(slice)}  macro-F1 ${percent(slice.macroF1)}`),
  ];
  const { acceptedOutside, refusedInside, audienceWhereTold, locale } = figures;
  return [
    ...slices("right intent", [figures.overall, figures.inScope]),
    ...slices("… by language", figures.byLocale),
    ...slices("… by style", figures.byStyle),
    ...slices("… by speaker", figures.byAudience),
    ...slices("… by length", figures.byLength),
    "the gate, the speaker, the language",
    ...[acceptedOutside, refusedInside, audienceWhereTold, locale].map(formatShare),
    `  distance of confidence from truth  ${percent(figures.calibrationError)}`,
    "another bar for out of scope would let through / turn away",
    ...figures.curve.map(
      (point) =>
        `  ${point.bar.toFixed(1)}  ${percent(point.acceptedOutside).padStart(7)} / ${percent(point.refusedInside).padStart(7)}`,
    ),
    "confusions",
    ...figures.confusions.map(({ pair, times }) => `  ${String(times).padStart(3)}  ${pair}`),
  ];
}

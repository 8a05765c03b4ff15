import { interval, type Share } from "./shares.ts";
import type { Breakdown, TriageFigures } from "./triage-figures.ts";
import type { Slice, UnderstandingFigures } from "./understanding-figures.ts";

export interface PageFigures {
  readonly understanding: UnderstandingFigures;
  readonly triageOfMessages: TriageFigures;
  readonly triageOfRisks: TriageFigures;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** `docs/evaluation.md`: the figures with what they mean, for whoever decides whether to trust this. */
export function writePage({ understanding, triageOfMessages, triageOfRisks }: PageFigures): string {
  return `${[
    "# How well messages are understood, and danger seen",
    "",
    "Written by `npm run gate -- --accept`; edit `src/cli/evaluation/page.ts` instead.",
    "",
    "All figures are of messages that no rule and no model was made from: `intents/dev` (every intent, in all the ways people",
    "type) and `intents/dev/risk` (danger, what looks like it, and whole conversations). Their writers saw none of the training",
    "lines. The intervals are 95 % (Wilson). `npm run check` fails when a figure falls by more than its noise (`npm run gate`).",
    "",
    "## The right intent",
    "",
    ...sliceTable([
      understanding.overall,
      understanding.inScope,
      ...understanding.byLocale,
      ...understanding.byStyle,
      ...understanding.byAudience,
      ...understanding.byLength,
    ]),
    "",
    "## Not mine to answer, who speaks, which language",
    "",
    ...shareTable([
      understanding.acceptedOutside,
      understanding.refusedInside,
      understanding.audienceWhereTold,
      understanding.locale,
    ]),
    "",
    `Confidence is off the truth by ${percent(understanding.calibrationError)} on average. What another bar of the gate would do:`,
    "",
    "| refuse from | out of scope, answered | in scope, refused |",
    "| ---: | ---: | ---: |",
    ...understanding.curve.map(
      ({ bar, acceptedOutside, refusedInside }) =>
        `| ${bar.toFixed(1)} | ${percent(acceptedOutside)} | ${percent(refusedInside)} |`,
    ),
    "",
    "## Most frequent confusions",
    "",
    ...understanding.confusions.slice(0, 15).map(({ pair, times }) => `- ${times} × ${pair}`),
    "",
    "## By intent",
    "",
    ...sliceTable(understanding.byIntent),
    "",
    "## Danger, in the messages of `intents/dev`",
    ...triageSection(triageOfMessages, { kinds: false }),
    "",
    "## Danger, in the messages and conversations of `intents/dev/risk`",
    ...triageSection(triageOfRisks, { kinds: true }),
  ].join("\n")}\n`;
}

function triageSection(figures: TriageFigures, { kinds }: { readonly kinds: boolean }): string[] {
  const breakdown = (title: string, { all, byLevel, byCategory, byStyle, byKind }: Breakdown) => [
    "",
    `### ${title}`,
    "",
    ...shareTable([all, ...byLevel, ...byCategory, ...byStyle, ...(kinds ? byKind : [])]),
  ];
  return [
    ...breakdown("Urgent and emergency, seen as such", figures.grave),
    ...breakdown("Concern and above, seen at all", figures.any),
    "",
    "### False alarms among harmless messages",
    "",
    ...shareTable([
      ...figures.falseAlarms.slice(0, kinds ? undefined : 1),
      { ...figures.falseHandoffs, name: "would have called a counsellor" },
    ]),
    ...(figures.conversations.some(({ of }) => of > 0)
      ? ["", "### Conversations", "", ...shareTable(figures.conversations)]
      : []),
  ];
}

function sliceTable(slices: readonly Slice[]): string[] {
  return [
    "| | right | 95 % | macro-F1 | messages |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...slices.map((slice) => `| ${slice.name} | ${cells(slice)} | ${percent(slice.macroF1)} | ${slice.of} |`),
  ];
}

function shareTable(shares: readonly Share[]): string[] {
  return [
    "| | share | 95 % | messages |",
    "| --- | ---: | ---: | ---: |",
    ...shares.filter(({ of }) => of > 0).map((share) => `| ${share.name} | ${cells(share)} | ${share.of} |`),
  ];
}

function cells(share: Share): string {
  const { low, high } = interval(share);
  return `${percent(share.hit / Math.max(1, share.of))} | ${percent(low)} – ${percent(high)}`;
}

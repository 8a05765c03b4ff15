import { formatShare, type Share } from "./shares.ts";
import type { Breakdown, TriageFigures } from "./triage-figures.ts";

export function printTriage(figures: TriageFigures): string[] {
  return [
    ...breakdown("emergency and urgent, seen as urgent or above", figures.grave),
    ...breakdown("concern and above, seen at all", figures.any),
    ...block("false alarms, by kind of harmless message", figures.falseAlarms),
    ...block("false handoffs", [figures.falseHandoffs]),
    ...block("conversations", figures.conversations),
  ];
}

function breakdown(title: string, { all, byLevel, byCategory, byStyle, byKind }: Breakdown): string[] {
  return [
    ...block(title, [all]),
    ...block("  by level", byLevel),
    ...block("  by category", byCategory),
    ...block("  by style", byStyle),
    ...(byKind.length <= 12 ? block("  by the way it is told", byKind) : []),
  ];
}

function block(title: string, shares: readonly Share[]): string[] {
  return shares.every(({ of }) => of === 0) ? [] : [title, ...shares.map(formatShare)];
}

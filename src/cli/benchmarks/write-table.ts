import { readFileSync, writeFileSync } from "node:fs";
import { type BenchRow, roundFigure } from "./measure.ts";

/** Puts the rows between `<!-- name -->` and `<!-- /name -->` of a Markdown file. Throws where the two are missing. */
export function writeTable(file: string, name: string, rows: readonly BenchRow[]): void {
  const before = readFileSync(file, "utf8");
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [before.indexOf(start), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place marked ${name}`);
  writeFileSync(file, before.slice(0, from + start.length) + tableOf(rows) + before.slice(to));
}

/** As Markdown: what, budget, measured, baseline, ratio. A figure past its budget is in bold. */
export function tableOf(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => {
    const measured = `${roundFigure(row.value)} ${row.unit}`;
    return [
      `${row.name}: ${row.figure}`,
      row.budget === null ? "" : `${row.budget} ${row.unit}`,
      isPast(row) ? `**${measured}**` : measured,
      row.baseline === null ? "" : `${row.baseline.name}: ${roundFigure(row.baseline.value)} ${row.unit}`,
      row.baseline === null ? "" : `${roundFigure(row.value / row.baseline.value)} ×`,
    ];
  });
  return [
    ["What", "Budget", "Measured", "Baseline of the same run", "Ratio"],
    Array.from({ length: 5 }, () => "---"),
    ...lines,
  ]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

/** A rate is to be reached, everything else is not to be passed. */
function isPast({ value, budget, unit }: BenchRow): boolean {
  if (budget === null) return false;
  return unit === "per s" ? value < budget : value > budget;
}

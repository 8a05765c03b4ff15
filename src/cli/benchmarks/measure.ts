/** One row of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly name: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is held against, measured in the same run; null where a budget alone says enough. */
  readonly baseline: { readonly name: string; readonly value: number } | null;
  readonly budget: number | null;
}

/** Runs `work` `times` times and gives each run's wall time in milliseconds, in rising order. */
export async function timeEach(times: number, work: (index: number) => unknown): Promise<number[]> {
  const spans: number[] = [];
  for (let index = 0; index < times; index++) {
    const started = process.hrtime.bigint();
    await work(index);
    spans.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return spans.sort((a, b) => a - b);
}

/** The value below which the share `p` (0 to 1) of the sorted spans lies. */
export function quantile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

/** CPU milliseconds (user and system) that this process spent on `work`, and its wall time. */
export async function cpuOf(
  work: () => Promise<void>,
): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
  const cpu = process.cpuUsage();
  const started = Date.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs: Date.now() - started };
}

export function formatRows(rows: readonly BenchRow[]): string {
  const table = rows.map((row) => ({
    what: `${row.name}: ${row.figure}`,
    measured: `${roundFigure(row.value)} ${row.unit}`,
    budget: row.budget === null ? "" : `${row.budget} ${row.unit}`,
    baseline:
      row.baseline === null ? "" : `${row.baseline.name} ${roundFigure(row.baseline.value)} ${row.unit}`,
    ratio: row.baseline === null ? "" : `${roundFigure(row.value / row.baseline.value)} ×`,
  }));
  const columns = ["what", "measured", "budget", "baseline", "ratio"] as const;
  const widths = columns.map((column) => Math.max(column.length, ...table.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    line(columns),
    line(widths.map((width) => "-".repeat(width))),
    ...table.map((row) => line(columns.map((c) => row[c]))),
  ].join("\n");
}

/** Three figures that count, or a whole number. */
export function roundFigure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(2) : value.toPrecision(3);
}

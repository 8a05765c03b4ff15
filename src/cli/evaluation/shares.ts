import { wilson } from "../../domain/statistics/wilson.ts";

/** Shares with their 95 % interval (Wilson), printed as lines a person can compare. */
export interface Share {
  readonly name: string;
  readonly hit: number;
  readonly of: number;
}

export function interval({ hit, of }: Share): { readonly low: number; readonly high: number } {
  return wilson(hit, of);
}

export function formatShare(share: Share): string {
  const { low, high } = interval(share);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(7);
  const value = share.of === 0 ? "      –" : percent(share.hit / share.of);
  return `  ${share.name.padEnd(30)} ${value}  (${percent(low).trim()} to ${percent(high).trim()})  ${share.hit} of ${share.of}`;
}

/** One share per value of `by`, in falling order of size, after the share of all. */
export function sharesBy<T>(rows: readonly T[], isHit: (row: T) => boolean, by: (row: T) => string): Share[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  const shareOf = (name: string, of: readonly T[]): Share => ({
    name,
    hit: of.filter(isHit).length,
    of: of.length,
  });
  const parts = [...groups].map(([name, of]) => shareOf(name, of)).sort((a, b) => b.of - a.of);
  return [shareOf("all", rows), ...parts];
}

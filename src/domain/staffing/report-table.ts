import type { Report } from "./report.ts";

/** Counts from 1 to 4 could point at one child. */
const FEWEST = 5;
const HIDDEN = "<5";

/**
 * A report as CSV that may leave the house. Small counts are hidden, and where one hidden count could be worked out from the
 * sum of its row, the sum is hidden too. Times stand only where at least five people are behind them.
 */
export function reportTable({ levels, endings, tags }: Report): string {
  const rows = levels.map((level) => {
    const parts = [level.reached, level.leftBefore, level.pending];
    const isTold = parts.filter(isSmall).length === 1;
    const minutes = (ms: number | null) =>
      ms === null || level.reached < FEWEST ? "" : (ms / 60_000).toFixed(1);
    return [
      level.level,
      isTold || isSmall(level.asked) ? hiddenSum(level.asked) : String(level.asked),
      ...parts.map(hidden),
      minutes(level.firstReplyP50),
      minutes(level.firstReplyP90),
    ];
  });
  const head = [
    "level",
    "asked",
    "reached",
    "left before",
    "pending",
    "first reply p50 min",
    "first reply p90 min",
  ];
  const counts = [
    ["ending", "cases"],
    ...endings.map(({ ending, count }) => [ending ?? "not said", hidden(count)]),
    ["about", "cases"],
    ...tags.map(({ tag, count }) => [tag, hidden(count)]),
  ];
  return [head, ...rows, ...counts].map((row) => `${row.join(",")}\r\n`).join("");
}

const hidden = (count: number) => (isSmall(count) ? HIDDEN : String(count));
const isSmall = (count: number) => count > 0 && count < FEWEST;
const hiddenSum = (sum: number) => (isSmall(sum) ? HIDDEN : "hidden");

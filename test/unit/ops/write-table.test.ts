import { describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "../../../src/cli/benchmarks/measure.ts";
import { tableOf, writeTable } from "../../../src/cli/benchmarks/write-table.ts";

const aRow = (over: Partial<BenchRow> = {}): BenchRow => ({
  name: "turn",
  figure: "CPU",
  value: 1.234,
  unit: "ms",
  baseline: null,
  budget: null,
  ...over,
});

describe("the table of benchmarks in the documents", () => {
  it("says what was measured, its budget, its baseline and the ratio", () => {
    const table = tableOf([aRow({ budget: 2, baseline: { name: "bare", value: 0.617 } })]);
    expect(table).toContain("| turn: CPU | 2 ms | 1.23 ms | bare: 0.617 ms | 2.00 × |");
  });

  it("makes a figure bold that is past its budget, and a rate that falls short of it", () => {
    expect(tableOf([aRow({ budget: 1 })])).toContain("**1.23 ms**");
    expect(tableOf([aRow({ unit: "per s", budget: 1 })])).not.toContain("**");
    expect(tableOf([aRow({ unit: "per s", budget: 2 })])).toContain("**1.23 per s**");
  });

  it("takes the place of the last one and leaves the rest of the page alone", () => {
    const folder = mkdtempSync(join(tmpdir(), "ke-ben-table-"));
    const file = join(folder, "page.md");
    try {
      writeFileSync(file, "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n");
      writeTable(file, "bench", [aRow()]);
      writeTable(file, "bench", [aRow({ value: 5 })]);
      const page = readFileSync(file, "utf8");
      expect(page).toBe(`before\n<!-- bench -->\n${tableOf([aRow({ value: 5 })])}<!-- /bench -->\nafter\n`);
      expect(() => writeTable(file, "growth", [])).toThrow(/growth/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

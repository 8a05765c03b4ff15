import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const page = readFileSync(join(ROOT, "docs", "asvs.md"), "utf8");
const STATES = ["met", "part", "not met", "not used"] as const;

/** The numbers of ASVS 5.0.0 at levels 1 and 2, by section. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  "1.1": [1, 2],
  "1.2": [1, 2, 3, 4, 5, 6, 7, 8, 9],
  "1.3": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  "1.4": [1, 2, 3],
  "1.5": [1, 2],
  "2.1": [1, 2, 3],
  "2.2": [1, 2, 3],
  "2.3": [1, 2, 3, 4],
  "2.4": [1],
  "3.2": [1, 2],
  "3.3": [1, 2, 3, 4],
  "3.4": [1, 2, 3, 4, 5, 6],
  "3.5": [1, 2, 3, 4, 5],
  "3.7": [1, 2],
  "4.1": [1, 2, 3],
  "4.2": [1],
  "4.3": [1, 2],
  "4.4": [1, 2, 3, 4],
  "5.1": [1],
  "5.2": [1, 2, 3],
  "5.3": [1, 2],
  "5.4": [1, 2, 3],
  "6.1": [1, 2, 3],
  "6.2": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  "6.3": [1, 2, 3, 4],
  "6.4": [1, 2, 3, 4],
  "6.5": [1, 2, 3, 4, 5],
  "6.6": [1, 2, 3],
  "6.8": [1, 2, 3, 4],
  "7.1": [1, 2, 3],
  "7.2": [1, 2, 3, 4],
  "7.3": [1, 2],
  "7.4": [1, 2, 3, 4, 5],
  "7.5": [1, 2],
  "7.6": [1, 2],
  "8.1": [1, 2],
  "8.2": [1, 2, 3],
  "8.3": [1],
  "8.4": [1],
  "9.1": [1, 2, 3],
  "9.2": [1, 2, 3, 4],
  "10.1": [1, 2],
  "10.2": [1, 2],
  "10.3": [1, 2, 3, 4],
  "10.4": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  "10.5": [1, 2, 3, 4, 5],
  "10.6": [1, 2],
  "10.7": [1, 2, 3],
  "11.1": [1, 2],
  "11.2": [1, 2, 3],
  "11.3": [1, 2, 3],
  "11.4": [1, 2, 3, 4],
  "11.5": [1],
  "11.6": [1],
  "12.1": [1, 2, 3],
  "12.2": [1, 2],
  "12.3": [1, 2, 3, 4],
  "13.1": [1],
  "13.2": [1, 2, 3, 4, 5],
  "13.3": [1, 2],
  "13.4": [1, 2, 3, 4, 5],
  "14.1": [1, 2],
  "14.2": [1, 2, 3, 4],
  "14.3": [1, 2, 3],
  "15.1": [1, 2, 3],
  "15.2": [1, 2, 3],
  "15.3": [1, 2, 3, 4, 5, 6, 7],
  "16.1": [1],
  "16.2": [1, 2, 3, 4, 5],
  "16.3": [1, 2, 3, 4],
  "16.4": [1, 2, 3],
  "16.5": [1, 2, 3],
  "17.1": [1],
  "17.2": [1, 2, 3, 4],
  "17.3": [1, 2],
};
const all = Object.entries(NUMBERS).flatMap(([section, numbers]) => numbers.map((n) => `${section}.${n}`));

const partsOf = (id: string) => id.split(".").map(Number);
function isUpTo(a: string, b: string): boolean {
  const [one, other] = [partsOf(a), partsOf(b)];
  const at = one.findIndex((part, n) => part !== other[n]);
  return at === -1 || (one[at] ?? 0) < (other[at] ?? 0);
}

const rows = page
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, range = "", state = "", how = "", shown = ""]) => {
    const [from = "", to = from] = range.split(" to ");
    return { from, to, state, how, files: [...shown.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file) };
  });
const idsOf = ({ from, to }: (typeof rows)[number]) => all.filter((id) => isUpTo(from, id) && isUpTo(id, to));

describe("the page on OWASP ASVS", () => {
  it("has every requirement of levels 1 and 2 once, in order", () => {
    expect(rows.flatMap(idsOf)).toEqual(all);
  });

  it("says of each how it stands, and shows what it calls met by a file that exists", () => {
    for (const row of rows) {
      expect([row.from, STATES.includes(row.state as "met")]).toEqual([row.from, true]);
      expect([row.from, row.how.length > 3]).toEqual([row.from, true]);
      if (row.state === "met" || row.state === "part")
        expect([row.from, row.files.length]).toEqual([row.from, 1]);
      for (const file of row.files) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
    }
  });

  it("counts itself rightly", () => {
    const count = (wanted: string) =>
      rows.filter(({ state }) => state === wanted).reduce((sum, row) => sum + idsOf(row).length, 0);
    const said = /\*\*(\d+) met, (\d+) in part, (\d+) not met, (\d+) of (\d+) concern/
      .exec(page)
      ?.slice(1)
      .map(Number);
    expect(said).toEqual([...STATES.map(count), all.length]);
  });
});

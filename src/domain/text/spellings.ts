/** Reads a table of lines `standard words = spelling spelling …` into spelling → standard words. */
export function readSpellings(table: string): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, readonly string[]>();
  for (const line of table.trim().split("\n")) {
    const [standard = "", spellings = ""] = line.split(" = ");
    const words = standard.toLowerCase().split(" ");
    for (const spelling of spellings.split(" ")) entries.set(spelling, words);
  }
  return entries;
}

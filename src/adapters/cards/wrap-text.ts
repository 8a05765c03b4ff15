import type { Font } from "./font.ts";

/** Text as the font can draw it: composed letters, blanks made plain, what it cannot draw left out. */
export function drawable(text: string, font: Font): string {
  return Array.from(text.toWellFormed().normalize("NFC").replace(/\s+/gu, " "))
    .filter((letter) => font.has(letter.codePointAt(0) ?? 0))
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** Like `wrapText`, with the lines about as long as each other: no word stands alone at the end. */
export function wrapEvenly(text: string, box: { font: Font; size: number; width: number }): string[] {
  const lines = wrapText(text, box);
  let best = lines;
  for (let width = box.width * 0.95; width > box.width * 0.5; width -= box.width * 0.05) {
    const narrower = wrapText(text, { ...box, width });
    if (narrower.length !== lines.length) return best;
    best = narrower;
  }
  return best;
}

/** Breaks drawable text into lines of at most `width`, both in the unit of `size`; a word too long for a line is cut. */
export function wrapText(
  text: string,
  { font, size, width }: { font: Font; size: number; width: number },
): string[] {
  const lines: string[] = [];
  let line = "";
  const fits = (each: string) => font.width(each, size) <= width;
  for (const word of drawable(text, font).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (!fits(line) && line.length > 1) {
      const cut = longestFit(line, fits);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  return line === "" ? lines : [...lines, line];
}

function longestFit(word: string, fits: (text: string) => boolean): number {
  let cut = 1;
  while (cut < word.length && fits(word.slice(0, cut + 1))) cut++;
  return cut;
}

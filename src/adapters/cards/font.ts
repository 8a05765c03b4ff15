import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** How wide letters are drawn, read from the font itself: a line that is measured is a line that fits. */
export interface Font {
  /** For the rasteriser. */
  readonly file: string;
  /** Whether the font draws this character. */
  has(codePoint: number): boolean;
  /** Width in the unit of `size`. */
  width(text: string, size: number): number;
}

const PACKAGE = "@expo-google-fonts/be-vietnam-pro";
const resolve = createRequire(import.meta.url).resolve;

export const FONT_FAMILY = "Be Vietnam Pro";
export const REGULAR = openFont("400Regular/BeVietnamPro_400Regular.ttf");
export const BOLD = openFont("700Bold/BeVietnamPro_700Bold.ttf");

function openFont(name: string): Font {
  const file = resolve(`${PACKAGE}/${name}`);
  const data = readFileSync(file);
  const tables = readTables(data);
  const unitsPerEm = data.readUInt16BE(tableAt(tables, "head") + 18);
  const widthOfGlyph = readWidths(data, tables);
  const glyphOf = readCharacterMap(data, tableAt(tables, "cmap"));
  const missing = widthOfGlyph(0);
  return {
    file,
    has: (codePoint) => glyphOf(codePoint) !== 0,
    width(text, size) {
      let units = 0;
      for (const letter of text) {
        const glyph = glyphOf(letter.codePointAt(0) ?? 0);
        units += glyph === 0 ? missing : widthOfGlyph(glyph);
      }
      return (units * size) / unitsPerEm;
    },
  };
}

function readTables(data: Buffer): ReadonlyMap<string, number> {
  const tables = new Map<string, number>();
  for (let i = 0; i < data.readUInt16BE(4); i++) {
    const at = 12 + i * 16;
    tables.set(data.toString("latin1", at, at + 4), data.readUInt32BE(at + 8));
  }
  return tables;
}

function tableAt(tables: ReadonlyMap<string, number>, name: string): number {
  const at = tables.get(name);
  if (at === undefined) throw new Error(`the font has no table "${name}"`);
  return at;
}

function readWidths(data: Buffer, tables: ReadonlyMap<string, number>): (glyph: number) => number {
  const count = data.readUInt16BE(tableAt(tables, "hhea") + 34);
  const at = tableAt(tables, "hmtx");
  // Glyphs after the last entry are as wide as it.
  return (glyph) => data.readUInt16BE(at + 4 * Math.min(glyph, count - 1));
}

/** The segments of a format 4 character map, which holds all letters of Vietnamese. */
function readCharacterMap(data: Buffer, cmap: number): (codePoint: number) => number {
  const at = findFormat4(data, cmap);
  const segments = data.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let i = 0; i < segments; i++) {
      if (codePoint > data.readUInt16BE(ends + i * 2)) continue;
      const start = data.readUInt16BE(starts + i * 2);
      if (codePoint < start) return 0;
      const delta = data.readUInt16BE(deltas + i * 2);
      const range = data.readUInt16BE(ranges + i * 2);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = data.readUInt16BE(ranges + i * 2 + range + (codePoint - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function findFormat4(data: Buffer, cmap: number): number {
  for (let i = 0; i < data.readUInt16BE(cmap + 2); i++) {
    const at = cmap + data.readUInt32BE(cmap + 4 + i * 8 + 4);
    if (data.readUInt16BE(at) === 4) return at;
  }
  throw new Error("the font has no character map that is understood");
}

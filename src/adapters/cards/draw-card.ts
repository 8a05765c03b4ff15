import type { CardContent } from "../../app/card-content.ts";
import { BOLD, type Font, FONT_FAMILY, REGULAR } from "./font.ts";
import { drawable, wrapEvenly, wrapText } from "./wrap-text.ts";

export const CARD_WIDTH = 1080;
const MARGIN = 84;
const INNER = CARD_WIDTH - 2 * MARGIN;
const LEAST_HEIGHT = 1080;
const NUMBER_SPACE = 88;

const INK = "#24302e";
const SOFT_INK = "#55625f";
const PAPER = "#fbf7f0";
const WHITE = "#ffffff";
const ACCENT = "#1c6963";
const ACCENT_SOFT = "#e1efeb";
const APRICOT = "#f2a76b";

interface Style {
  readonly font: Font;
  readonly size: number;
  readonly line: number;
  readonly fill: string;
}

const KICKER: Style = { font: BOLD, size: 32, line: 44, fill: ACCENT };
const TITLE: Style = { font: BOLD, size: 68, line: 82, fill: INK };
const INTRO: Style = { font: REGULAR, size: 34, line: 50, fill: INK };
const POINT: Style = { font: REGULAR, size: 38, line: 54, fill: INK };
const LINE_NUMBER: Style = { font: BOLD, size: 60, line: 72, fill: ACCENT };
const LINE_NAME: Style = { font: REGULAR, size: 32, line: 44, fill: INK };
const FOOTER: Style = { font: REGULAR, size: 28, line: 40, fill: SOFT_INK };

/** A card as an SVG of 1080 px width, as high as its words need; any text gives a valid picture. */
export function drawCard(card: CardContent): string {
  const parts: string[] = [];
  let y = 110;
  const block = (text: string, style: Style, indent = 0) => {
    for (const line of wrapEvenly(text, { font: style.font, size: style.size, width: INNER - indent })) {
      y += style.line;
      parts.push(textAt(line, style, { x: MARGIN + indent, y }));
    }
  };

  block(card.kicker, KICKER);
  y += 12;
  block(card.title, TITLE);
  y += 24;
  block(card.intro, INTRO);
  y += 40;
  for (const [index, point] of card.points.entries()) {
    const top = y;
    const middle = top + POINT.line - POINT.size * 0.34;
    parts.push(`<circle cx="${MARGIN + 28}" cy="${middle.toFixed(1)}" r="28" fill="${ACCENT}"/>`);
    parts.push(
      `<text x="${MARGIN + 28}" y="${(middle + 12).toFixed(1)}" font-family="${FONT_FAMILY}" font-weight="700" font-size="34" fill="${WHITE}" text-anchor="middle">${index + 1}</text>`,
    );
    block(point, POINT, NUMBER_SPACE);
    y += 26;
  }
  if (card.helplines.length > 0) {
    y += 14;
    const top = y;
    const inside: string[] = [];
    for (const { number, name } of card.helplines) {
      const digits = drawable(number, BOLD);
      const taken = BOLD.width(digits, LINE_NUMBER.size) + 28;
      const names = wrapText(name, { ...LINE_NAME, width: Math.max(INNER - 72 - taken, 200) });
      y += 22;
      inside.push(textAt(digits, LINE_NUMBER, { x: MARGIN + 36, y: y + 56 }));
      const start = names.length > 1 ? y + 36 : y + 52;
      names.forEach((line, at) =>
        inside.push(textAt(line, LINE_NAME, { x: MARGIN + 36 + taken, y: start + at * LINE_NAME.line })),
      );
      y += Math.max(LINE_NUMBER.line, names.length * LINE_NAME.line);
    }
    y += 30;
    parts.push(
      `<rect x="${MARGIN}" y="${top}" width="${INNER}" height="${y - top}" rx="28" fill="${ACCENT_SOFT}"/>`,
      ...inside,
    );
  }
  const height = Math.max(LEAST_HEIGHT, y + 130);
  const footer = textAt(drawable(card.footer, FOOTER.font), FOOTER, { x: MARGIN, y: height - 64 });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${height}" viewBox="0 0 ${CARD_WIDTH} ${height}">`,
    `<rect width="${CARD_WIDTH}" height="${height}" fill="${PAPER}"/>`,
    `<rect width="${CARD_WIDTH}" height="18" fill="${ACCENT}"/><rect x="0" y="18" width="${CARD_WIDTH}" height="8" fill="${APRICOT}"/>`,
    ...parts,
    footer,
    "</svg>",
  ].join("");
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function textAt(text: string, { font, size, fill }: Style, { x, y }: Place): string {
  const weight = font === BOLD ? 700 : 400;
  return `<text x="${x}" y="${y}" font-family="${FONT_FAMILY}" font-weight="${weight}" font-size="${size}" fill="${fill}">${escapeXml(text)}</text>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

import type { Button, HelplineCard, Speech, TranscriptEntry } from "../domain/conversation/message.ts";
import type { Locale } from "../domain/taxonomy/speaker.ts";

/** How a messenger that shows only plain text wants a speech. */
export interface PlainStyle {
  /** Longest block, in UTF-16 units. */
  readonly limit: number;
  readonly locale: Locale;
  /** Bullets where numbers stand for buttons: one "2." in a message must not mean two things. */
  readonly points: "numbered" | "bulleted";
  /** Adds the buttons as text. Answers the number that picks a button when typed, or null when none does now. */
  readonly numberOf?: (button: Button) => number | null;
}

// The same words as in the widget: nobody may take the machine for a person or a person for the machine.
const WORDS = {
  vi: {
    counsellor: "👤 Tư vấn viên – người thật:",
    important: "❗ Quan trọng",
    choose: "Trả lời bằng số để chọn:",
    options: "Bạn có thể viết:",
  },
  en: {
    counsellor: "👤 Counsellor – a real person:",
    important: "❗ Important",
    choose: "Reply with a number to choose:",
    options: "You can write:",
  },
} as const;

/** One transcript line as blocks of plain text, in order; no block is blank or longer than the limit. */
export function renderPlain(
  entry: Pick<TranscriptEntry, "from"> & { readonly speech: Speech },
  style: PlainStyle,
): string[] {
  const { speech } = entry;
  const words = WORDS[style.locale];
  const marks = [
    entry.from === "counsellor" ? words.counsellor : "",
    speech.tone === "emergency" ? words.important : "",
  ];
  const opening = [...marks, speech.text.trim()].filter((line) => line !== "").join("\n");
  const parts = [
    opening,
    renderPoints(speech.points, style),
    speech.helplines.map(renderHelpline).join("\n"),
    renderMenu(speech.buttons, style),
  ];
  // Composed letters look the same and count as one: Zalo counts them so.
  return splitText(
    parts
      .filter((part) => part !== "")
      .join("\n\n")
      .normalize("NFC"),
    style.limit,
  );
}

function renderPoints(points: readonly string[], style: PlainStyle): string {
  return points
    .map((point, index) => `${style.points === "numbered" ? `${index + 1}.` : "•"} ${point}`)
    .join("\n");
}

function renderHelpline({ number, name, note }: HelplineCard): string {
  return `☎ ${number} – ${name}${note === "" ? "" : ` (${note})`}`;
}

function renderMenu(buttons: readonly Button[], { numberOf, locale }: PlainStyle): string {
  if (numberOf === undefined || buttons.length === 0) return "";
  const numbers = buttons.map(numberOf);
  const lines = buttons.map(
    ({ label }, index) => `${numbers[index] == null ? "•" : `${numbers[index]}.`} ${label}`,
  );
  // A label typed in full works too, but only numbers that work now may be promised.
  const isNumbered = numbers.some((number) => number !== null);
  return [isNumbered ? WORDS[locale].choose : WORDS[locale].options, ...lines].join("\n");
}

/**
 * Cuts text into blocks of at most `limit` UTF-16 units: at a line end, else a sentence end, else a space,
 * else between two whole characters. Only white space at a cut is lost.
 */
export function splitText(text: string, limit: number): string[] {
  const blocks: string[] = [];
  let rest = text.toWellFormed().trim();
  while (rest.length > limit) {
    const cut = findCut(rest, limit);
    blocks.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  blocks.push(rest);
  return blocks.filter(isVisible);
}

// Earlier than this a cut would leave a stub behind.
const EARLIEST_LINE_END = 1 / 2;
const EARLIEST_SENTENCE_END = 1 / 3;
const SENTENCE_END = /[.!?…:;]["'”’)\]»]*(?=\s)/gu;

function findCut(text: string, limit: number): number {
  const lineEnd = text.lastIndexOf("\n", limit);
  if (lineEnd >= limit * EARLIEST_LINE_END) return lineEnd;
  const window = text.slice(0, limit + 1);
  let sentenceEnd = 0;
  for (const { 0: found, index } of window.matchAll(SENTENCE_END)) {
    if (index + found.length <= limit) sentenceEnd = index + found.length;
  }
  if (sentenceEnd >= limit * EARLIEST_SENTENCE_END) return sentenceEnd;
  const space = window.search(/\s\S*$/u);
  return space > 0 ? space : cutBetweenCharacters(text, limit);
}

const LOOK_AHEAD = 64;
const characters = new Intl.Segmenter("vi", { granularity: "grapheme" });

/** A letter and its tone mark, or the parts of one emoji, stay together unless they alone pass the limit. */
function cutBetweenCharacters(text: string, limit: number): number {
  const start = characters.segment(text.slice(0, limit + LOOK_AHEAD)).containing(limit)?.index ?? 0;
  if (start > 0) return start;
  const isMidPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return isMidPair && limit > 1 ? limit - 1 : limit;
}

/** Messengers refuse a message in which there is nothing to see. */
function isVisible(block: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{Z}]/u.test(block);
}

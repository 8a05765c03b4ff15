import type { CardLink, Speech, TranscriptEntry } from "../domain/conversation/message.ts";
import { cardPath } from "./card-path.ts";

/** One line of a transcript as any page shows it. */
export interface ShownEntry extends Omit<Speech, "card"> {
  readonly card?: { readonly title: string; readonly picture: string; readonly print: string };
  readonly seq: number;
  readonly at: number;
  readonly from: TranscriptEntry["from"];
}

/** A tapped button shows the label that was tapped, never its value; media shows its kind, for it was never fetched. */
export function showEntry(entry: TranscriptEntry, labelOf: (value: string) => string): ShownEntry {
  const { seq, at, from, said, speech } = entry;
  if (speech !== undefined) {
    const { card, ...rest } = speech;
    return { seq, at, from, ...rest, ...(card === undefined ? {} : { card: showCard(card) }) };
  }
  return {
    seq,
    at,
    from,
    text: entry.label ?? wordsOf(said, labelOf),
    points: [],
    helplines: [],
    buttons: [],
    tone: "plain",
  };
}

function showCard(card: CardLink): NonNullable<ShownEntry["card"]> {
  return { title: card.title, picture: cardPath(card, "png"), print: cardPath(card, "html") };
}

function wordsOf(said: TranscriptEntry["said"], labelOf: (value: string) => string): string {
  if (said === undefined) return "";
  if (said.kind === "text") return said.text;
  return said.kind === "choice" ? labelOf(said.value) : `[${said.media}]`;
}

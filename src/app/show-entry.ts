import type { Speech, TranscriptEntry } from "../domain/conversation/message.ts";

/** One line of a transcript as any page shows it. */
export interface ShownEntry extends Speech {
  readonly seq: number;
  readonly at: number;
  readonly from: TranscriptEntry["from"];
}

/** A tapped button shows the label that was tapped, never its value; media shows its kind, for it was never fetched. */
export function showEntry(entry: TranscriptEntry, labelOf: (value: string) => string): ShownEntry {
  const { seq, at, from, said, speech } = entry;
  if (speech !== undefined) return { seq, at, from, ...speech };
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

function wordsOf(said: TranscriptEntry["said"], labelOf: (value: string) => string): string {
  if (said === undefined) return "";
  if (said.kind === "text") return said.text;
  return said.kind === "choice" ? labelOf(said.value) : `[${said.media}]`;
}

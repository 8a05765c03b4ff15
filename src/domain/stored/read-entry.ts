import { Speaker, TranscriptEntry } from "../conversation/message.ts";
import { parseKeepingUnknown } from "./parse-keeping-unknown.ts";

/**
 * A line of the transcript. It is never written again, so it carries no number of its own: one that cannot be read
 * keeps its place as a line without words, since a page that asks for the next number must find one.
 */
export function readEntry(
  raw: unknown,
  seq: number,
): { readonly entry: TranscriptEntry; readonly isWhole: boolean } {
  const parsed = parseKeepingUnknown(TranscriptEntry, raw);
  if (parsed.success && parsed.data.seq === seq) return { entry: parsed.data, isWhole: true };
  const { at, from } = (raw ?? {}) as { at?: unknown; from?: unknown };
  const speaker = Speaker.safeParse(from);
  const time = TranscriptEntry.shape.at.safeParse(at);
  const entry: TranscriptEntry = {
    seq,
    at: time.success ? time.data : 0,
    from: speaker.success ? speaker.data : "bot",
    ...(speaker.data === "person" ? { said: { kind: "unsupported", media: "other" } } : {}),
  };
  return { entry, isWhole: false };
}

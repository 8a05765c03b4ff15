import type { Speech } from "../../../domain/conversation/message.ts";
import type { FlowBook } from "../../../domain/dialogue/flow-book.ts";

const NUMBER = /\d[\d .-]{6,}\d/g;

/**
 * The last look at what leaves: a phone-like number that is not on the list of helplines is taken out.
 * A wrong number could leave a child without help, whatever file or code it came from.
 */
export function checkSpeech(book: FlowBook, activity: { channelData?: unknown }): void {
  const data = activity.channelData as { speech?: Speech } | undefined;
  if (data?.speech === undefined) return;
  const allowed = new Set([...book.helplines.values()].map((helpline) => digitsOf(helpline.number)));
  const clean = (text: string) =>
    text.replace(NUMBER, (found) => (allowed.has(digitsOf(found)) ? found : "…"));
  data.speech = { ...data.speech, text: clean(data.speech.text), points: data.speech.points.map(clean) };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

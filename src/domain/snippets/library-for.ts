import { isSpoken } from "../dialogue/flow.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { speakStep } from "../dialogue/speak.ts";
import { groupOf, INTENTS } from "../taxonomy/intent.ts";
import type { Audience, Locale } from "../taxonomy/speaker.ts";
import type { SpokenSnippet } from "./snippets-for.ts";

/** Name of the group; found by a search, not listed before one. */
export const LIBRARY = "library";
const TOPICS = new Set(["harm", "learn", "wellbeing"]);

/**
 * The bot's own answer on each topic as words that a counsellor can send: what is said, what to do, whom to call. It is
 * put into the reply box like any ready sentence and never sent by itself.
 */
export function libraryFor(
  book: FlowBook,
  listener: { readonly locale: Locale; readonly audience: Audience },
): SpokenSnippet[] {
  return INTENTS.filter((intent) => TOPICS.has(groupOf(intent))).flatMap((intent) => {
    const flow = book.flows.get(intent);
    const name = flow?.tapped ?? flow?.start ?? "";
    const step = flow?.steps[name];
    if (flow === undefined || step === undefined || !isSpoken(step)) return [];
    const { text, points, helplines } = speakStep(book, { flow: flow.flow, name, step }, listener);
    const parts = [
      text,
      points.map((point, n) => `${n + 1}. ${point}`).join("\n"),
      helplines.map((line) => `☎ ${line.number} – ${line.name}`).join("\n"),
    ];
    const said = parts.filter((part) => part !== "").join("\n");
    return [{ id: intent, group: LIBRARY, title: flow.title, text: said }];
  });
}

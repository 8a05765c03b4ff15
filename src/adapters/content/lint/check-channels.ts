import { renderPlain } from "../../../app/render-plain.ts";
import { isSpoken } from "../../../domain/dialogue/flow.ts";
import type { FlowBook } from "../../../domain/dialogue/flow-book.ts";
import { speakStep } from "../../../domain/dialogue/speak.ts";
import { AUDIENCES, LOCALES } from "../../../domain/taxonomy/speaker.ts";
import type { ContentProblem } from "../read-yaml.ts";

// A step that does not fit one message of the narrowest messenger (Zalo) is torn apart on the way.
const ZALO_CHARACTERS = 2000;
const TELEGRAM_CALLBACK_BYTES = 64;

/** Whether each step fits the channels: one message, and button values that Telegram takes. */
export function checkChannels(book: FlowBook, fileOf: ReadonlyMap<string, string>): ContentProblem[] {
  const problems: ContentProblem[] = [];
  for (const flow of book.flows.values()) {
    const file = fileOf.get(flow.flow) ?? "flows";
    for (const [name, step] of Object.entries(flow.steps)) {
      if (!isSpoken(step)) continue;
      const report = (message: string) => problems.push({ file, line: 0, message: `${name}: ${message}` });
      for (const locale of LOCALES) {
        for (const audience of AUDIENCES) {
          const speech = speakStep(book, { flow: flow.flow, name, step }, { locale, audience });
          const blocks = renderPlain(
            { from: "bot", speech },
            { limit: Number.MAX_SAFE_INTEGER, locale, points: "bulleted", numberOf: () => 1 },
          );
          const length = blocks.join("\n\n").length;
          if (length > ZALO_CHARACTERS)
            report(`${length} characters in ${locale}; at most ${ZALO_CHARACTERS} fit a Zalo message`);
        }
      }
      const { buttons } = speakStep(
        book,
        { flow: flow.flow, name, step },
        { locale: "vi", audience: "teen" },
      );
      for (const { value } of buttons) {
        if (Buffer.byteLength(value) > TELEGRAM_CALLBACK_BYTES)
          report(`"${value}" is too long for a button of Telegram: shorten the names of flow and step`);
      }
    }
  }
  return problems;
}

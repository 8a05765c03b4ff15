import { z } from "zod";
import { Bilingual } from "../../../domain/taxonomy/speaker.ts";
import type { ContentProblem } from "../read-yaml.ts";
import type { TextPlace } from "./texts-of.ts";

/** Words that no text may hold, with the reason an editor reads. */
export const NeverFile = z.strictObject({
  never: z.array(z.strictObject({ words: z.array(z.string().min(2)).min(1), because: Bilingual })).min(1),
});
export type Never = z.infer<typeof NeverFile>["never"];

/** Promises nobody can keep, blame, and words that close a conversation. Whole words, case does not matter. */
export function checkWords(places: readonly TextPlace[], never: Never): ContentProblem[] {
  const patterns = never.flatMap(({ words, because }) =>
    words.map((word) => ({
      word,
      because,
      pattern: new RegExp(`(?<![\\p{L}\\p{N}])${escape(word.normalize("NFC"))}(?![\\p{L}\\p{N}])`, "iu"),
    })),
  );
  return places.flatMap((place) =>
    patterns
      .filter(({ pattern }) => pattern.test(place.text.normalize("NFC")))
      .map(({ word, because }) => ({
        file: place.file,
        line: place.line,
        message: `"${word}" may not be said: ${because.en}`,
      })),
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

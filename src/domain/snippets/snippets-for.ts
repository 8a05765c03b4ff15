import { voice } from "../dialogue/speak.ts";
import type { Audience, Bilingual, Locale } from "../taxonomy/speaker.ts";
import type { Snippet, SnippetGroup } from "./snippet.ts";

export interface SpokenSnippet {
  readonly id: string;
  readonly group: string;
  /** Name of the group in both languages: the counsellor may read another than the person. */
  readonly title: Bilingual;
  readonly text: string;
}

/** The sentences fit for one listener, in their language; somebody not known to be a parent is spoken to as a teen. */
export function snippetsFor(
  groups: readonly SnippetGroup[],
  listener: { readonly locale: Locale; readonly audience: Audience },
): SpokenSnippet[] {
  return groups.flatMap(({ group, title, sentences }) =>
    sentences
      .filter((each) => isMeantFor(each, listener.audience))
      .map(({ id, say }) => ({ id, group, title, text: voice(say, listener) })),
  );
}

/** Who has not said who they are may be either: nothing is kept from the counsellor. */
function isMeantFor(snippet: Snippet, audience: Audience): boolean {
  return snippet.for === undefined || audience === "unknown" || snippet.for === audience;
}

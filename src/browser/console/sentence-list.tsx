import { useLayoutEffect, useRef } from "preact/hooks";
import type { ReadySentence } from "../../wire/console.ts";
import type { Locale } from "../kit/locale.ts";
import type { Words } from "./words.ts";

interface ListProps {
  readonly sentences: readonly ReadySentence[];
  /** Place in `sentences` of the one that Enter would put in. */
  readonly chosen: number;
  readonly words: Words;
  readonly locale: Locale;
  /** Language of the person, in which the sentences are. */
  readonly spoken: Locale;
  readonly onPick: (sentence: ReadySentence) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

export const SENTENCE_LIST = "sentences";
export const idOfSentence = (place: number) => `sentence-${place}`;

/** What "/" found, by group. The keyboard stays in the reply box; a mouse or a finger may pick as well. */
export function SentenceList({ sentences, chosen, words, locale, spoken, onPick, onKey }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, sentences]);
  const groups = groupsOf(sentences);
  return (
    <div
      class="sentences"
      id={SENTENCE_LIST}
      ref={list}
      role="listbox"
      aria-label={words.snippets}
      // It scrolls: who gets here with Tab goes on with the same keys.
      tabIndex={0}
      aria-activedescendant={idOfSentence(chosen)}
      onKeyDown={onKey}
    >
      {groups.map(({ title, from, members }) => (
        <div key={title.en} role="group" aria-label={title[locale]}>
          <p class="sentence-group" aria-hidden="true">
            {title[locale]}
          </p>
          {members.map((each, index) => (
            <div
              key={`${each.group}.${each.id}`}
              id={idOfSentence(from + index)}
              class="sentence"
              role="option"
              lang={spoken}
              aria-selected={from + index === chosen}
              // The reply box keeps the keyboard and its caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(each)}
            >
              {each.text}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface Group {
  readonly title: ReadySentence["title"];
  /** Place of its first sentence in the whole list. */
  readonly from: number;
  readonly members: ReadySentence[];
}

function groupsOf(sentences: readonly ReadySentence[]): Group[] {
  const groups: Group[] = [];
  for (const [place, each] of sentences.entries()) {
    const last = groups.at(-1);
    // An answer of the bot stands under its own topic.
    if (last?.members[0]?.group === each.group && last.title.en === each.title.en) last.members.push(each);
    else groups.push({ title: each.title, from: place, members: [each] });
  }
  return groups;
}

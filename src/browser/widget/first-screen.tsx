import { LockIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import type { Asker } from "./setting.ts";
import { TOPICS } from "./topics.ts";
import type { Words } from "./words.ts";

interface FirstScreenProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly asker: Asker;
  readonly onAsker: (asker: Asker) => void;
  readonly onTopic: (text: string) => void;
}

/** Before the first word: a welcome, sentences to begin with, and what happens to what is said. */
export function FirstScreen({ words, locale, asker, onAsker, onTopic }: FirstScreenProps) {
  return (
    <div class="first">
      <h2>{words.hello}</h2>
      <p class="first-invite">{words.invite}</p>
      <div class="asker" role="group" aria-label={words.iAm}>
        <span aria-hidden="true">{words.iAm}</span>
        {(["teen", "parent"] as const).map((each) => (
          <button key={each} type="button" aria-pressed={asker === each} onClick={() => onAsker(each)}>
            {words[each]}
          </button>
        ))}
      </div>
      <h3 id="topics">{words.topics}</h3>
      <ul class="topics" aria-labelledby="topics">
        {TOPICS[asker][locale].map((text) => (
          <li key={text}>
            <button type="button" onClick={() => onTopic(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <Privacy words={words} />
    </div>
  );
}

export function Privacy({ words }: { readonly words: Words }) {
  return (
    <div class="privacy">
      <LockIcon />
      <ul>
        <li>{words.noName}</li>
        <li>{words.deletable}</li>
        <li>{words.danger}</li>
        <li>{words.machine}</li>
      </ul>
    </div>
  );
}

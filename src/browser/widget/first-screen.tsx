import { LockIcon } from "../kit/icons.tsx";
import type { Asker } from "./setting.ts";
import type { LanguagePack } from "./language-pack.ts";
import type { Words } from "./words.ts";

interface FirstScreenProps {
  readonly pack: LanguagePack;
  readonly asker: Asker;
  readonly onAsker: (asker: Asker) => void;
  readonly onTopic: (text: string) => void;
  readonly onReturn: () => void;
}

/** Before the first word: a welcome, sentences to begin with, and what happens to what is said. */
export function FirstScreen({ pack, asker, onAsker, onTopic, onReturn }: FirstScreenProps) {
  const { words, topics } = pack;
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
        {topics[asker].map((text) => (
          <li key={text}>
            <button type="button" onClick={() => onTopic(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <Privacy words={words} />
      <button type="button" class="aside" onClick={onReturn}>
        {words.comeBack}
      </button>
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

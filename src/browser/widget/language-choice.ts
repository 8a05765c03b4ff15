import type { Locale } from "../kit/locale.ts";
import type { Watchable } from "../kit/use-store.ts";

/** The language of labels and buttons. The person's own choice wins over what the talk is held in. */
export interface LanguageChoice extends Watchable<Locale> {
  choose(locale: Locale): void;
  /** The conversation is now held in this language. */
  follow(spoken: Locale | null): void;
}

export function createLanguageChoice(deps: {
  readonly first: Locale;
  /** Resolves to false when the words of the language cannot be had now: the old ones stay. */
  readonly has: (locale: Locale) => Promise<boolean>;
}): LanguageChoice {
  const { first } = deps;
  const listeners = new Set<() => void>();
  let locale = first;
  let wish = first;
  let heard: Locale | null = null;
  const set = (wanted: Locale) => {
    wish = wanted;
    void deps.has(wanted).then((isThere) => {
      if (!isThere || wish !== wanted || wanted === locale) return;
      locale = wanted;
      for (const listener of listeners) listener();
    });
  };
  return {
    get state() {
      return locale;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    choose: set,
    follow(spoken) {
      // Only a change says something new; a choice made by hand after it stays.
      if (spoken === null || spoken === heard) return;
      const isFirst = heard === null;
      heard = spoken;
      if (!isFirst || spoken !== first) set(spoken);
    },
  };
}

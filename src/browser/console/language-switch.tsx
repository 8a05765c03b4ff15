import type { Locale } from "../kit/locale.ts";
import type { Words } from "./words.ts";

interface LanguageProps {
  readonly locale: Locale;
  readonly words: Words;
  readonly onLocale: (locale: Locale) => void;
}

export function LanguageSwitch({ locale, words, onLocale }: LanguageProps) {
  return (
    <div class="languages" role="group" aria-label={words.language}>
      {(["vi", "en"] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={locale === each}
          onClick={() => onLocale(each)}
        >
          {each === "vi" ? "Tiếng Việt" : "English"}
        </button>
      ))}
    </div>
  );
}

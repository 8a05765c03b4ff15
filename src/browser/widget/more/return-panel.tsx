import { BackIcon } from "../../kit/icons.tsx";
import type { Locale } from "../../kit/locale.ts";
import type { ReturnFlow, ReturnTrouble } from "./create-return-flow.ts";
import { WORDS_MORE, type WordsMore } from "./words-more.ts";

interface ReturnPanelProps {
  readonly flow: ReturnFlow;
  readonly locale: Locale;
  /** With a talk there is something to come back to; without one, a code may be entered. */
  readonly hasTalk: boolean;
  readonly onBack: () => void;
}

export function ReturnPanel({ flow, locale, hasTalk, onBack }: ReturnPanelProps) {
  const words = WORDS_MORE[locale];
  const { isBusy, trouble } = flow.state;
  return (
    <main class="panel return" aria-labelledby="return-title">
      <h2 id="return-title" ref={focusAtFirst} tabIndex={-1}>
        {words.title}
      </h2>
      {hasTalk ? saving(flow, words, locale) : entering(flow, words)}
      <p class="return-news" role="status">
        {isBusy ? words.working : trouble === null ? "" : sayTrouble(words, trouble)}
      </p>
      <button type="button" class="wide" onClick={onBack}>
        <BackIcon />
        {words.back}
      </button>
    </main>
  );
}

function saving(flow: ReturnFlow, words: WordsMore, locale: Locale) {
  const { step } = flow.state;
  if (step.kind === "kept") {
    const day = new Date(step.until).toLocaleDateString(locale === "vi" ? "vi-VN" : "en-GB");
    return <p role="status">{words.kept(day)}</p>;
  }
  return (
    <>
      <p>{words.why}</p>
      <p>
        <strong>{words.guard}</strong>
      </p>
      {step.kind === "start" ? (
        <button type="button" class="primary wide" onClick={() => flow.offer()}>
          {words.get}
        </button>
      ) : (
        <>
          <ol class="code" lang="vi">
            {step.words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <p>{words.notYet}</p>
          <button type="button" class="primary wide" onClick={() => flow.keep()}>
            {words.saved}
          </button>
        </>
      )}
    </>
  );
}

function entering(flow: ReturnFlow, words: WordsMore) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget).get("code");
        if (typeof given === "string" && given.trim() !== "") flow.enter(given);
      }}
    >
      <label for="code">{words.label}</label>
      <input
        id="code"
        name="code"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={200}
      />
      <button type="submit" class="primary wide">
        {words.enter}
      </button>
    </form>
  );
}

function sayTrouble(words: WordsMore, trouble: ReturnTrouble): string {
  return trouble.kind === "wait" ? words.wait(trouble.seconds) : words[trouble.kind];
}

/** Outside of the component, so that it runs when the panel comes and not at every drawing. */
function focusAtFirst(title: HTMLElement | null): void {
  title?.focus();
}

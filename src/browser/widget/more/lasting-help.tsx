import { HelplineCard } from "../../kit/helpline-card.tsx";
import { builtInHelplines } from "../../kit/helplines.ts";
import type { Locale } from "../../kit/locale.ts";
import { WORDS_MORE } from "./words-more.ts";

interface LastingHelpProps {
  readonly locale: Locale;
  /** Null before there is a talk to come back to. */
  readonly onSave: (() => void) | null;
}

/** What stands in the panel below the first numbers: the other ones, how to leave no trace, the code to come back. */
export function LastingHelp({ locale, onSave }: LastingHelpProps) {
  const words = WORDS_MORE[locale];
  return (
    <>
      <h3>{words.others}</h3>
      <div class="helplines">
        {builtInHelplines(locale).map((helpline) => (
          <HelplineCard key={helpline.id} helpline={helpline} call={words.call} />
        ))}
      </div>
      <h3>{words.traceTitle}</h3>
      <ul class="trace">
        {words.trace.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {onSave !== null && (
        <button type="button" class="wide" onClick={onSave}>
          {words.save}
        </button>
      )}
    </>
  );
}

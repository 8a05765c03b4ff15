import { HelplineCard } from "../kit/helpline-card.tsx";
import { builtInHelplines } from "../kit/helplines.ts";
import { BackIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { Privacy } from "./first-screen.tsx";
import type { More } from "./load-more.ts";
import type { Words } from "./words.ts";

interface HelpPanelProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly more: More | null;
  readonly onBack: () => void;
  /** Null before there is a talk to delete or to come back to. */
  readonly onErase: (() => void) | null;
  readonly onSave: (() => void) | null;
}

/** The first numbers, from inside this very bundle: they show with the server down and the network gone. */
export function HelpPanel({ words, locale, more, onBack, onErase, onSave }: HelpPanelProps) {
  return (
    <main id="help" class="panel" aria-labelledby="help-title">
      <h2 id="help-title" ref={focusAtFirst} tabIndex={-1}>
        {words.helpTitle}
      </h2>
      <p>{words.helpLead}</p>
      <div class="helplines first-numbers">
        {builtInHelplines(locale).map((helpline) => (
          <HelplineCard key={helpline.id} helpline={helpline} call={words.call} />
        ))}
      </div>
      <p class="quiet">{words.helpQuiet}</p>
      {more !== null && <more.LastingHelp locale={locale} onSave={onSave} />}
      <h3>{words.privacy}</h3>
      <Privacy words={words} />
      {onErase !== null && (
        <button type="button" class="wide" onClick={onErase}>
          {words.erase}
        </button>
      )}
      <button type="button" class="primary wide" onClick={onBack}>
        <BackIcon />
        {words.back}
      </button>
    </main>
  );
}

/** Outside of the component, so that it runs when the panel comes and not at every drawing. */
function focusAtFirst(title: HTMLElement | null): void {
  title?.focus();
}

import { HelplineCard } from "../kit/helpline-card.tsx";
import { builtInHelplines } from "../kit/helplines.ts";
import { BackIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { Privacy } from "./first-screen.tsx";
import type { Words } from "./words.ts";

interface HelpPanelProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly onBack: () => void;
  /** Null before there is anything to delete. */
  readonly onErase: (() => void) | null;
}

const FIRST = ["child", "police", "ambulance"];

/** The numbers, from inside this very bundle: they show with the server down and the network gone. */
export function HelpPanel({ words, locale, onBack, onErase }: HelpPanelProps) {
  const all = builtInHelplines(locale);
  const isFirst = ({ id }: { readonly id: string }) => FIRST.includes(id);
  return (
    <main id="help" class="panel" aria-labelledby="help-title">
      <h2 id="help-title" ref={focusAtFirst} tabIndex={-1}>
        {words.helpTitle}
      </h2>
      <p>{words.helpLead}</p>
      <div class="helplines first-numbers">
        {all.filter(isFirst).map((helpline) => (
          <HelplineCard key={helpline.id} helpline={helpline} call={words.call} />
        ))}
      </div>
      <p class="quiet">{words.helpQuiet}</p>
      <h3>{words.helpOthers}</h3>
      <div class="helplines">
        {all
          .filter((helpline) => !isFirst(helpline))
          .map((helpline) => (
            <HelplineCard key={helpline.id} helpline={helpline} call={words.call} />
          ))}
      </div>
      <h3>{words.privacy}</h3>
      <Privacy words={words} />
      {onErase !== null && (
        <button type="button" class="erase" onClick={onErase}>
          {words.erase}
        </button>
      )}
      <button type="button" class="primary back" onClick={onBack}>
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

import { useEffect, useState } from "preact/hooks";
import type { Keep } from "../kit/keep.ts";
import { isLocale, type Locale } from "../kit/locale.ts";
import { useStore } from "../kit/use-store.ts";
import type { Bell } from "./bell.ts";
import { CasePane } from "./case-pane.tsx";
import type { Desk } from "./create-desk.ts";
import { waitingCases } from "./desk-state.ts";
import { ImprovementList } from "./improvement-list.tsx";
import { JoinPage, SetupPage, SignInPage } from "./entry-pages.tsx";
import type { KeptWords } from "./kept-words.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { isPressing } from "./name-case.ts";
import { MustSetSecondFactor } from "./own-account-dialog.tsx";
import { QueuePane } from "./queue-pane.tsx";
import { BellWarning, TopBar } from "./top-bar.tsx";
import { type Words, WORDS } from "./words.ts";

interface ConsoleProps {
  readonly desk: Desk;
  readonly bell: Bell;
  readonly kept: KeptWords;
  readonly keep: Keep;
  readonly link: EntryLink | null;
}

/** A link that works once: for the first account of all, or an invitation. */
export interface EntryLink {
  readonly kind: "setup" | "join";
  readonly token: string;
}

export function ConsoleApp({ desk, bell, kept, keep, link: opened }: ConsoleProps) {
  const state = useStore(desk);
  const [locale, setLocale] = useState<Locale>(firstLocale(keep));
  const [link, setLink] = useState(opened);
  const words = WORDS[locale];
  const pressing = waitingCases(state).filter(isPressing).length;
  useEffect(() => {
    document.documentElement.lang = locale;
    keep.write("locale", locale);
  }, [locale]);
  useEffect(() => {
    document.title = pressing > 0 ? `(${pressing}) ${words.newUrgent} – ${words.name}` : words.name;
  }, [pressing, locale]);

  if (state.phase === "loading") return <main class="gate">{words.loading}</main>;
  if (state.phase === "signed-out") {
    const forget = () => {
      // Used up: it has no business in the address any more.
      history.replaceState(null, "", location.pathname);
      setLink(null);
    };
    return (
      <>
        {link === null && <SignInPage desk={desk} words={words} />}
        {link?.kind === "setup" && <SetupPage desk={desk} words={words} token={link.token} onDone={forget} />}
        {link?.kind === "join" && <JoinPage desk={desk} words={words} token={link.token} onDone={forget} />}
        <footer class="foot">
          <LanguageSwitch locale={locale} words={words} onLocale={setLocale} />
        </footer>
      </>
    );
  }
  const top = (
    <TopBar desk={desk} state={state} bell={bell} words={words} locale={locale} onLocale={setLocale} />
  );
  if (state.me?.mustSetSecondFactor === true) {
    return (
      <div class="desk">
        {top}
        <MustSetSecondFactor desk={desk} words={words} />
      </div>
    );
  }
  if (state.me?.role === "editor") {
    return (
      <div class="desk">
        {top}
        <main class="editing">
          <h2>{words.improve}</h2>
          <ImprovementList words={words} locale={locale} />
        </main>
      </div>
    );
  }
  return (
    <div class={state.chosen === null ? "desk" : "desk has-case"}>
      {top}
      <div class="banners">
        {!state.isOnline && (
          <p class="banner banner-alarm" role="alert">
            {words.offline}
          </p>
        )}
        <BellWarning bell={bell} words={words} />
        {state.drill !== null && <DrillBanner desk={desk} id={state.drill.id} words={words} />}
        {state.incidents.map(({ channel, kind }) => (
          <p key={`${channel} ${kind}`} class="banner" role="status">
            <strong>{words[channel]}</strong>: {words[kind]}
          </p>
        ))}
        {state.notice !== null && (
          <Notice text={words[state.notice]} words={words} onClose={() => desk.dismissNotice()} />
        )}
      </div>
      <div class="panes">
        <QueuePane desk={desk} state={state} words={words} locale={locale} />
        <CasePane desk={desk} state={state} kept={kept} words={words} locale={locale} />
      </div>
    </div>
  );
}

/** Rings like an emergency and says at once that it is none. */
function DrillBanner({
  desk,
  id,
  words,
}: {
  readonly desk: Desk;
  readonly id: string;
  readonly words: Words;
}) {
  return (
    <p class="banner banner-amber" role="alert">
      {words.drill}
      <button type="button" onClick={() => void desk.hearDrill(id)}>
        {words.drillHeard}
      </button>
    </p>
  );
}

function Notice({
  text,
  words,
  onClose,
}: {
  readonly text: string;
  readonly words: Words;
  readonly onClose: () => void;
}) {
  return (
    <p class="banner banner-amber" role="alert">
      {text}
      <button type="button" onClick={onClose}>
        {words.close}
      </button>
    </p>
  );
}

function firstLocale(keep: Keep): Locale {
  const kept = keep.read("locale");
  return isLocale(kept) ? kept : "vi";
}

import { useEffect, useState } from "preact/hooks";
import { BellIcon, Mark } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import type { Bell } from "./bell.ts";
import { ColleagueForm } from "./colleague-form.tsx";
import type { Desk } from "./create-desk.ts";
import type { DeskState } from "./desk-state.ts";
import type { Words } from "./words.ts";

interface TopBarProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly bell: Bell;
  readonly words: Words;
}

export function TopBar({ desk, state, bell, words }: TopBarProps) {
  const [isAdding, setAdding] = useState(false);
  return (
    <header class="top">
      <Mark />
      <h1>{words.name}</h1>
      <BellButton bell={bell} words={words} />
      {state.me?.role === "supervisor" && (
        <button type="button" onClick={() => setAdding(true)}>
          {words.team}
        </button>
      )}
      <button type="button" class="sign-out" onClick={() => void desk.signOut()}>
        {words.signOut}
        <span class="soft"> {state.me?.name}</span>
      </button>
      {isAdding && <ColleagueForm desk={desk} words={words} onClose={() => setAdding(false)} />}
    </header>
  );
}

function BellButton({ bell, words }: { readonly bell: Bell; readonly words: Words }) {
  const [, redraw] = useState(0);
  useEffect(() => bell.onChange(() => redraw((count) => count + 1)), [bell]);
  return (
    <button type="button" class={bell.isBlocked ? "bell blocked" : "bell"} onClick={() => void bell.test()}>
      <BellIcon />
      {words.bell}
    </button>
  );
}

/** A bell that nobody can hear is said in words, across the page, until it rings. */
export function BellWarning({ bell, words }: { readonly bell: Bell; readonly words: Words }) {
  const [isBlocked, setBlocked] = useState(bell.isBlocked);
  useEffect(() => bell.onChange(() => setBlocked(bell.isBlocked)), [bell]);
  return isBlocked ? (
    <p class="banner banner-amber" role="status">
      <BellIcon />
      {words.bellBlocked}
    </p>
  ) : null;
}

export function LanguageSwitch(props: { readonly locale: Locale; readonly words: Words; readonly onLocale: (locale: Locale) => void }) {
  return (
    <div class="languages" role="group" aria-label={props.words.language}>
      {(["vi", "en"] as const).map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={props.locale === each} onClick={() => props.onLocale(each)}>
          {each === "vi" ? "Tiếng Việt" : "English"}
        </button>
      ))}
    </div>
  );
}

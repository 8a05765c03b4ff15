import { useEffect, useRef, useState } from "preact/hooks";
import { BellIcon, Mark } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { Dialog } from "./ask-first.tsx";
import { ImprovementList } from "./improvement-list.tsx";
import { BoardDialog } from "./board-dialog.tsx";
import type { Bell } from "./bell.ts";
import type { Desk } from "./create-desk.ts";
import type { DeskState } from "./desk-state.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { OwnAccountDialog } from "./own-account-dialog.tsx";
import { TeamDialog } from "./team-dialog.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import type { Words } from "./words.ts";

type Shown = "team" | "board" | "improve" | "review" | "own-account";

interface TopBarProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly bell: Bell;
  readonly words: Words;
  readonly locale: Locale;
  readonly onLocale: (locale: Locale) => void;
}

export function TopBar(props: TopBarProps) {
  const { desk, bell, words, state } = props;
  const [shown, setShown] = useState<Shown | null>(null);
  const hide = () => setShown(null);
  return (
    <header class="top">
      <Mark />
      <h1>{words.name}</h1>
      {state.me?.role !== "editor" && <BellButton bell={bell} words={words} />}
      <Menu {...props} onShow={setShown} />
      {shown === "team" && <TeamDialog desk={desk} words={words} onClose={hide} />}
      {shown === "improve" && (
        <Dialog title={words.improve} onClose={hide} isWide>
          <ImprovementList words={words} locale={props.locale} />
          <p class="dialog-acts">
            <button type="button" onClick={hide}>
              {words.close}
            </button>
          </p>
        </Dialog>
      )}
      {shown === "review" && (
        <ReviewDialog
          words={words}
          locale={props.locale}
          isSupervisor={state.me?.role === "supervisor"}
          onClose={hide}
        />
      )}
      {shown === "board" && <BoardDialog words={words} onClose={hide} />}
      {shown === "own-account" && (
        <OwnAccountDialog
          desk={desk}
          words={words}
          hasSecondFactor={state.me?.hasSecondFactor ?? false}
          onClose={hide}
        />
      )}
    </header>
  );
}

interface MenuProps extends TopBarProps {
  readonly onShow: (what: Shown) => void;
}

/** Who is signed in, and what is needed seldom. */
function Menu({ desk, state, words, locale, onLocale, onShow }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const isOutside =
        event instanceof KeyboardEvent
          ? event.key === "Escape"
          : !menu.current?.contains(event.target as Node);
      if (isOutside && menu.current !== null) menu.current.open = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  const show = (what: Shown) => {
    if (menu.current !== null) menu.current.open = false;
    onShow(what);
  };
  return (
    <details class="menu" ref={menu}>
      <summary>{state.me?.name}</summary>
      <div class="menu-body">
        <LanguageSwitch locale={locale} words={words} onLocale={onLocale} />
        {state.me?.role === "supervisor" && (
          <>
            <button type="button" onClick={() => show("board")}>
              {words.board}
            </button>
            <button type="button" onClick={() => show("improve")}>
              {words.improve}
            </button>
            <button type="button" onClick={() => show("team")}>
              {words.team}
            </button>
          </>
        )}
        {state.me?.role !== "editor" && (
          <button type="button" onClick={() => show("review")}>
            {words.review}
          </button>
        )}
        <button type="button" onClick={() => show("own-account")}>
          {words.ownAccount}
        </button>
        <button type="button" onClick={() => void desk.signOut()}>
          {words.signOut}
        </button>
      </div>
    </details>
  );
}

function BellButton({ bell, words }: { readonly bell: Bell; readonly words: Words }) {
  const isBlocked = useBlocked(bell);
  return (
    <button type="button" class={isBlocked ? "bell blocked" : "bell"} onClick={() => void bell.test()}>
      <BellIcon />
      {words.bell}
    </button>
  );
}

/** A bell that nobody can hear is said in words, across the page, until it rings. */
export function BellWarning({ bell, words }: { readonly bell: Bell; readonly words: Words }) {
  return useBlocked(bell) ? (
    <p class="banner banner-amber" role="status">
      <BellIcon />
      {words.bellBlocked}
    </p>
  ) : null;
}

function useBlocked(bell: Bell): boolean {
  const [isBlocked, setBlocked] = useState(bell.isBlocked);
  useEffect(() => {
    setBlocked(bell.isBlocked);
    return bell.onChange(() => setBlocked(bell.isBlocked));
  }, [bell]);
  return isBlocked;
}

import { CloseIcon, Mark, PersonIcon, PhoneIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import type { ChatState } from "./chat-state.ts";
import type { Words } from "./words.ts";

interface HeaderProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly state: ChatState;
  readonly isHelpOpen: boolean;
  readonly onExit: () => void;
  readonly onClose: (() => void) | null;
  readonly onHelp: () => void;
  readonly onLocale: (locale: Locale) => void;
}

export function ChatHeader(props: HeaderProps) {
  const { words, locale, isHelpOpen } = props;
  return (
    <header class="head">
      <div class="head-top">
        <Mark />
        <h1 class="head-name" tabIndex={-1} id="start">
          Kề Bên
        </h1>
        <button type="button" class="exit" onClick={props.onExit} aria-describedby="exit-how">
          {words.exit}
        </button>
        <span id="exit-how" hidden>
          {words.exitHow}
        </span>
        {props.onClose !== null && (
          <button type="button" class="plain" onClick={props.onClose} aria-label={words.close}>
            <CloseIcon />
          </button>
        )}
      </div>
      <div class="head-tools">
        <button type="button" id="help-button" class="help" aria-expanded={isHelpOpen} onClick={props.onHelp}>
          <PhoneIcon />
          {isHelpOpen ? words.backShort : words.help}
        </button>
        <div class="languages" role="group" aria-label={words.language}>
          <LanguageButton {...props} own="vi" name="Tiếng Việt" isOn={locale === "vi"} />
          <LanguageButton {...props} own="en" name="English" isOn={locale === "en"} />
        </div>
      </div>
      <StatusLine words={words} state={props.state} />
    </header>
  );
}

interface LanguageProps {
  readonly own: Locale;
  readonly name: string;
  readonly isOn: boolean;
  readonly onLocale: (locale: Locale) => void;
}

function LanguageButton({ own, name, isOn, onLocale }: LanguageProps) {
  return (
    <button type="button" lang={own} aria-pressed={isOn} onClick={() => onLocale(own)}>
      <span class="unseen">{name}</span>
      <span aria-hidden="true">{own.toUpperCase()}</span>
    </button>
  );
}

/** Who is on the other side, always in words. */
function StatusLine({ words, state }: { readonly words: Words; readonly state: ChatState }) {
  const { kind, text } = statusOf(words, state);
  return (
    <p class={`status status-${kind}`} role="status">
      {kind === "live" ? <PersonIcon /> : <span class="status-dot" aria-hidden="true" />}
      <span>{text}</span>
    </p>
  );
}

function statusOf(words: Words, state: ChatState): { readonly kind: string; readonly text: string } {
  if (state.line === "lost") return { kind: "lost", text: words.lost };
  if (state.line === "connecting") return { kind: "connecting", text: words.connecting };
  switch (state.mode) {
    case "waiting":
      return { kind: "waiting", text: words.atWaiting };
    case "live":
      return { kind: "live", text: words.atLive };
    case "closed":
      return { kind: "bot", text: words.atClosed };
    case "bot":
    default:
      return { kind: "bot", text: words.atBot };
  }
}

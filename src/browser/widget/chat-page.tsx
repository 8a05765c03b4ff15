import { Component } from "preact";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer.tsx";
import type { Chat } from "./create-chat.ts";
import { FirstScreen } from "./first-screen.tsx";
import { HelpPanel } from "./help-panel.tsx";
import type { LanguageChoice } from "./language-choice.ts";
import type { Asker } from "./setting.ts";
import { Talk } from "./talk.tsx";
import { ERASE_REQUEST } from "./topics.ts";
import { WORDS } from "./words.ts";

interface ChatPageProps {
  readonly chat: Chat;
  readonly language: LanguageChoice;
  readonly asker: Asker;
  readonly onExit: () => void;
  /** Null when the chat is a page of its own: there is nothing to close. */
  readonly onClose: (() => void) | null;
}

interface ChatPageState {
  readonly asker: Asker;
  readonly isHelpOpen: boolean;
}

export class ChatPage extends Component<ChatPageProps, ChatPageState> {
  override state: ChatPageState = { asker: this.props.asker, isHelpOpen: false };

  override componentDidMount(): void {
    const { chat, language, onClose } = this.props;
    const redraw = () => this.forceUpdate();
    chat.subscribe(redraw);
    language.subscribe(redraw);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (this.state.isHelpOpen) this.showHelp(false);
      else onClose?.();
    });
    this.name();
  }

  override componentDidUpdate(): void {
    this.name();
  }

  private name(): void {
    const locale = this.props.language.state;
    document.documentElement.lang = locale;
    document.title = WORDS[locale].pageTitle;
  }

  private readonly showHelp = (isHelpOpen: boolean) => {
    this.setState({ isHelpOpen });
    if (!isHelpOpen) document.getElementById("help-button")?.focus();
  };

  override render({ chat, language, onExit, onClose }: ChatPageProps, { asker, isHelpOpen }: ChatPageState) {
    const { state } = chat;
    const locale = language.state;
    const words = WORDS[locale];
    const say = (text: string) => chat.say(text);
    const hasTalk = state.entries.length > 0 || state.unsent.length > 0;
    const erase = () => {
      this.showHelp(false);
      say(ERASE_REQUEST[locale]);
    };
    return (
      <div class="chat">
        <ChatHeader
          words={words}
          locale={locale}
          state={state}
          isHelpOpen={isHelpOpen}
          onExit={onExit}
          onClose={onClose}
          onHelp={() => this.showHelp(!isHelpOpen)}
          onLocale={(wanted) => language.choose(wanted)}
        />
        {isHelpOpen && (
          <HelpPanel
            words={words}
            locale={locale}
            onBack={() => this.showHelp(false)}
            onErase={hasTalk ? erase : null}
          />
        )}
        <main class="room" hidden={isHelpOpen}>
          <Talk state={state} words={words} onChoose={(button) => chat.choose(button)}>
            <FirstScreen
              words={words}
              locale={locale}
              asker={asker}
              onAsker={(chosen) => this.setState({ asker: chosen })}
              onTopic={say}
            />
          </Talk>
          <Composer words={words} onSay={say} onTyping={() => chat.typing()} />
        </main>
      </div>
    );
  }
}

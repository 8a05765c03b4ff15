import { Component } from "preact";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer.tsx";
import type { Chat } from "./create-chat.ts";
import { FirstScreen } from "./first-screen.tsx";
import { HelpPanel } from "./help-panel.tsx";
import type { LanguageChoice } from "./language-choice.ts";
import type { LanguagePack } from "./language-pack.ts";
import type { MoreToCome } from "./load-more.ts";
import type { ReturnFlow } from "./more/create-return-flow.ts";
import type { Asker } from "./setting.ts";
import { Talk } from "./talk.tsx";
import { TOPICS_VI } from "./topics.ts";
import { VI } from "./words.ts";

interface ChatPageProps {
  readonly chat: Chat;
  readonly language: LanguageChoice;
  readonly more: MoreToCome;
  readonly asker: Asker;
  readonly onExit: () => void;
  /** Null when the chat is a page of its own: there is nothing to close. */
  readonly onClose: (() => void) | null;
}

interface ChatPageState {
  readonly asker: Asker;
  readonly panel: "help" | "return" | null;
}

const VI_PACK: LanguagePack = { words: VI, topics: TOPICS_VI };

export class ChatPage extends Component<ChatPageProps, ChatPageState> {
  override state: ChatPageState = { asker: this.props.asker, panel: null };
  private returning: ReturnFlow | null = null;

  override componentDidMount(): void {
    const { chat, language, more, onClose } = this.props;
    for (const store of [chat, language, more]) store.subscribe(() => this.forceUpdate());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (this.state.panel !== null) this.show(null);
      else onClose?.();
    });
    this.name();
  }

  override componentDidUpdate(): void {
    this.name();
  }

  private pack(): LanguagePack {
    const { language, more } = this.props;
    return language.state === "en" && more.state !== null ? more.state.EN_PACK : VI_PACK;
  }

  private name(): void {
    const { words } = this.pack();
    document.documentElement.lang = this.props.language.state;
    document.title = words.pageTitle;
    const first = document.getElementById("exit-first");
    if (first !== null) first.textContent = words.exit;
  }

  private readonly show = (panel: ChatPageState["panel"]) => {
    this.setState({ panel });
    if (panel === null) document.getElementById("help-button")?.focus();
  };

  /** The code to come back lives in the second file of the page. */
  private readonly openReturn = () => {
    const { chat, more } = this.props;
    void more.load().then((there) => {
      if (there === null) return;
      this.returning = there.createReturnFlow({
        key: () => chat.key,
        onChange: () => this.forceUpdate(),
        onFound: (key) => {
          this.show(null);
          chat.resume(key);
        },
      });
      this.show("return");
    });
  };

  override render({ chat, language, more, onExit, onClose }: ChatPageProps, { asker, panel }: ChatPageState) {
    const { state } = chat;
    const locale = language.state;
    const pack = this.pack();
    const { words } = pack;
    const say = (text: string) => chat.say(text);
    const hasTalk = state.entries.length > 0 || state.unsent.length > 0;
    const erase = () => {
      this.show(null);
      say(words.erase);
    };
    const toTalk = () => this.show(null);
    return (
      <div class="chat">
        <ChatHeader
          words={words}
          locale={locale}
          state={state}
          isHelpOpen={panel !== null}
          onExit={onExit}
          onClose={onClose}
          onHelp={() => this.show(panel === null ? "help" : null)}
          onLocale={(wanted) => language.choose(wanted)}
        />
        {panel === "help" && (
          <HelpPanel
            words={words}
            locale={locale}
            more={more.state}
            onBack={toTalk}
            onErase={hasTalk ? erase : null}
            onSave={hasTalk ? this.openReturn : null}
          />
        )}
        {panel === "return" && more.state !== null && this.returning !== null && (
          <more.state.ReturnPanel flow={this.returning} locale={locale} hasTalk={hasTalk} onBack={toTalk} />
        )}
        <main class="room" hidden={panel !== null}>
          <Talk state={state} words={words} onChoose={(button) => chat.choose(button)}>
            <FirstScreen
              pack={pack}
              asker={asker}
              onAsker={(chosen) => this.setState({ asker: chosen })}
              onTopic={say}
              onReturn={this.openReturn}
            />
          </Talk>
          <Composer words={words} onSay={say} onTyping={() => chat.typing()} />
        </main>
      </div>
    );
  }
}

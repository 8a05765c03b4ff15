import { Component, type ComponentChildren } from "preact";
import { awaitsBot, type ChatState, firstOpenSeq, type Unsent } from "./chat-state.ts";
import { EntryView, Speaker } from "./entry-view.tsx";
import { createFollower } from "./follow-newest.ts";
import type { Words } from "./words.ts";

interface TalkProps {
  readonly state: ChatState;
  readonly words: Words;
  readonly onChoose: (button: { readonly label: string; readonly value: string }) => void;
  /** Shown before the first word. */
  readonly children: ComponentChildren;
}

export class Talk extends Component<TalkProps, { readonly isAway: boolean }> {
  override state = { isAway: false };
  private box: HTMLElement | null = null;
  private readonly follower = createFollower((isAway) => {
    if (isAway !== this.state.isAway) this.setState({ isAway });
  });

  override componentDidMount(): void {
    // A keyboard that comes up must not cover the newest line. It also says so once at the beginning.
    if (this.box !== null) new ResizeObserver(() => this.follow()).observe(this.box);
  }

  override componentDidUpdate(): void {
    this.follow();
  }

  private follow(): void {
    const { entries, unsent } = this.props.state;
    const others = entries.filter(({ from }) => from !== "person");
    if (this.box === null) return;
    this.follower.follow(this.box, {
      spoken: others.length,
      own: entries.length - others.length + unsent.length,
      firstNew: (before) => {
        const fresh = others.slice(before);
        // What helps comes before a greeting that arrived with it, an emergency before everything.
        const first =
          fresh.find(({ tone }) => tone === "emergency") ??
          fresh.find(({ tone }) => tone === "plain") ??
          fresh[0];
        const at = entries.findIndex((entry) => entry === first);
        return this.box?.querySelector(".log")?.children[at] ?? null;
      },
    });
  }

  override render({ state, words, onChoose, children }: TalkProps) {
    const { entries, unsent } = state;
    const openFrom = firstOpenSeq(state);
    const isEmpty = entries.length === 0 && unsent.length === 0;
    return (
      <div
        class="talk"
        role="group"
        tabIndex={isEmpty ? -1 : 0}
        aria-label={words.log}
        ref={(box) => {
          this.box = box;
        }}
        onScroll={(event) => this.follower.scrolled(event.currentTarget)}
      >
        {isEmpty && children}
        <div class="log" role="log" aria-label={words.log}>
          {entries.map((entry, at) => (
            <EntryView
              key={entry.seq}
              entry={entry}
              words={words}
              isFirst={entries[at - 1]?.from !== entry.from}
              areButtonsOpen={entry.seq >= openFrom}
              isSeen={at === entries.length - 1 && entry.seq <= state.seenSeq}
              onChoose={onChoose}
            />
          ))}
          {unsent.map((message) => (
            <UnsentView key={message.id} message={message} words={words} />
          ))}
        </div>
        {awaitsBot(state) && <Dots from="bot" label={words.botTyping} words={words} />}
        {state.counsellorTyping && <Dots from="counsellor" label={words.counsellorTyping} words={words} />}
        {this.state.isAway && (
          <button type="button" class="newest" onClick={() => this.box?.scrollTo(0, this.box.scrollHeight)}>
            {words.newest}
          </button>
        )}
      </div>
    );
  }
}

function UnsentView({ message, words }: { readonly message: Unsent; readonly words: Words }) {
  const { text, fate } = message;
  return (
    <div class={`entry from-person fate-${fate}`}>
      <Speaker from="person" words={words} isFirst={false} />
      <div class="bubble">
        <p class="text">{text}</p>
      </div>
      <p class="fate">{words[fate]}</p>
    </div>
  );
}

function Dots(props: { readonly from: "bot" | "counsellor"; readonly label: string; readonly words: Words }) {
  return (
    <div class={`entry from-${props.from}`}>
      <Speaker from={props.from} words={props.words} isFirst />
      <div class="bubble dots" role="img" aria-label={props.label}>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}

import { Component } from "preact";
import { SendIcon } from "../kit/icons.tsx";
import type { Words } from "./words.ts";

interface ComposerProps {
  readonly words: Words;
  readonly onSay: (text: string) => void;
  readonly onTyping: () => void;
}

/** Where the person writes. Enter sends, except while an input method is still composing a letter. */
export class Composer extends Component<ComposerProps, { readonly isEmpty: boolean }> {
  override state = { isEmpty: true };
  private field: HTMLTextAreaElement | null = null;

  private readonly changed = () => {
    const { field } = this;
    if (field === null) return;
    this.setState({ isEmpty: field.value.trim() === "" });
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 3}px`;
  };

  private readonly send = () => {
    const { field } = this;
    if (field === null || field.value.trim() === "") return;
    this.props.onSay(field.value);
    field.value = "";
    this.changed();
    field.focus();
  };

  override render({ words, onTyping }: ComposerProps) {
    return (
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          this.send();
        }}
      >
        <label class="unseen" for="message">
          {words.writeLabel}
        </label>
        <textarea
          id="message"
          ref={(field) => {
            this.field = field;
          }}
          rows={1}
          placeholder={words.write}
          autocomplete="off"
          // Some browsers send text to their maker to check its spelling.
          spellcheck={false}
          enterkeyhint="send"
          aria-describedby="keys"
          onInput={() => {
            this.changed();
            onTyping();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            this.send();
          }}
        />
        <button type="submit" class="primary send" disabled={this.state.isEmpty}>
          <SendIcon />
          <span class="unseen">{words.send}</span>
        </button>
        <p id="keys" class="keys">
          {words.keys}
        </p>
      </form>
    );
  }
}

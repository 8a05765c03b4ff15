import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SendIcon } from "../kit/icons.tsx";
import type { Words } from "./words.ts";

interface ReplyProps {
  readonly words: Words;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly onSay: (text: string) => void;
  readonly onTyping: () => void;
}

/** Where the counsellor writes. Made anew for each case, so a draft can never land with another person. */
export function ReplyBox({ words, draft, onDraft, onSay, onTyping }: ReplyProps) {
  const [text, setText] = useState(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    if (field.current === null) return;
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 3}px`;
  }, [text]);

  const change = (value: string) => {
    setText(value);
    onDraft(value);
  };
  const send = () => {
    if (text.trim() === "") return;
    onSay(text);
    change("");
    field.current?.focus();
  };

  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="unseen" for="reply">
        {words.writeLabel}
      </label>
      <textarea
        id="reply"
        ref={field}
        rows={2}
        value={text}
        placeholder={words.write}
        autocomplete="off"
        spellcheck={false}
        aria-describedby="reply-keys"
        onInput={(event) => {
          change(event.currentTarget.value);
          onTyping();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="primary" disabled={text.trim() === ""}>
        <SendIcon />
        {words.send}
      </button>
      <p id="reply-keys" class="soft keys">
        {words.keys}
      </p>
    </form>
  );
}

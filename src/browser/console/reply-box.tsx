import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CaseSummary } from "../../wire/console.ts";
import { SendIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { beginSearch, putSentence, type SentenceSearch, sentenceSearchAt } from "./find-sentences.ts";
import { idOfSentence, SENTENCE_LIST, SentenceList } from "./sentence-list.tsx";
import { type Sentences, useSentences } from "./use-sentences.ts";
import type { Words } from "./words.ts";

interface ReplyProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly listener: Pick<CaseSummary, "locale" | "audience">;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly onSay: (text: string) => void;
  readonly onTyping: () => void;
}

/** Where the counsellor writes. Made anew for each case, so a draft can never land with another person. */
export function ReplyBox({ words, locale, listener, draft, onDraft, onSay, onTyping }: ReplyProps) {
  const [text, setText] = useState(draft);
  const [search, setSearch] = useState<SentenceSearch | null>(null);
  const sentences = useSentences(search, listener);
  const field = useRef<HTMLTextAreaElement>(null);
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    if (field.current === null) return;
    field.current.style.height = "auto";
    field.current.style.height = `${field.current.scrollHeight + 3}px`;
    if (caretTo.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  }, [text]);

  const change = (value: string) => {
    setText(value);
    onDraft(value);
  };
  const put = (next: { readonly text: string; readonly caret: number }) => {
    caretTo.current = next.caret;
    change(next.text);
    setSearch(sentenceSearchAt(next.text, next.caret));
  };
  const pick = (sentence: string) => {
    if (search === null) return;
    put(putSentence(text, search, sentence));
    setSearch(null);
    onTyping();
  };
  // A "/" that nothing follows was only there to open the list.
  const withoutSlash = () => (search?.wanted === "" ? putSentence(text, search, "") : null);
  const leaveSearch = () => {
    const left = withoutSlash();
    if (left !== null) put(left);
    setSearch(null);
  };
  const send = () => {
    if (search !== null || text.trim() === "") return;
    onSay(text);
    change("");
    field.current?.focus();
  };
  const closeWhenLeft = (event: FocusEvent) => {
    const to = event.relatedTarget;
    const stays = to instanceof HTMLElement && (to === field.current || to.id === SENTENCE_LIST);
    if (search === null || stays) return;
    const left = withoutSlash();
    if (left !== null) change(left.text);
    setSearch(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (search !== null && isForList(event)) {
      event.preventDefault();
      const chosen = sentences.found[sentences.chosen];
      if (event.key === "Escape") leaveSearch();
      else if (event.key !== "Enter") sentences.move(event.key === "ArrowDown" ? 1 : -1);
      else if (chosen !== undefined) pick(chosen.text);
      return;
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      class="reply"
      onFocusOut={closeWhenLeft}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {search !== null && sentences.found.length > 0 && (
        <SentenceList
          sentences={sentences.found}
          chosen={sentences.chosen}
          words={words}
          locale={locale}
          spoken={listener.locale}
          onPick={(each) => pick(each.text)}
          onKey={onKey}
        />
      )}
      <p class="soft sentence-how" role="status">
        {search === null ? "" : howTo(sentences, words)}
      </p>
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
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(sentences.found.length > 0
          ? { "aria-controls": SENTENCE_LIST, "aria-activedescendant": idOfSentence(sentences.chosen) }
          : {})}
        onInput={(event) => {
          const { value, selectionEnd } = event.currentTarget;
          change(value);
          setSearch(sentenceSearchAt(value, selectionEnd));
          onTyping();
        }}
        onKeyDown={onKey}
      />
      <div class="reply-acts">
        <button
          type="button"
          aria-haspopup="listbox"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            if (search === null) put(beginSearch(text, field.current?.selectionEnd ?? text.length));
            else leaveSearch();
          }}
        >
          {words.snippets}
        </button>
        <button type="submit" class="primary" disabled={search !== null || text.trim() === ""}>
          <SendIcon />
          {words.send}
        </button>
      </div>
      <p id="reply-keys" class="soft keys">
        {words.keys}
      </p>
    </form>
  );
}

function isForList({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "Escape" || key === "ArrowDown" || key === "ArrowUp" || (key === "Enter" && !shiftKey);
}

function howTo({ found, status }: Sentences, words: Words): string {
  if (status === "loading") return words.snippetsLoading;
  if (status === "failed") return words.snippetsFailed;
  return found.length === 0 ? words.snippetsNone : `${found.length} ${words.snippetsHow}`;
}

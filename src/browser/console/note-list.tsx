import { useState } from "preact/hooks";
import type { CaseFileView } from "../../wire/case-file.ts";
import { LONGEST_NOTE } from "../../wire/lists.ts";
import type { Locale } from "../kit/locale.ts";
import type { KeptWords } from "./kept-words.ts";
import { momentOf } from "./name-case.ts";
import type { Words } from "./words.ts";

interface NotesProps {
  readonly caseId: string;
  readonly notes: CaseFileView["notes"];
  /** Null where only reading is allowed. */
  readonly onAdd: ((text: string) => Promise<boolean>) | null;
  readonly kept: KeptWords;
  readonly words: Words;
  readonly locale: Locale;
}

/** Notes among colleagues. What was written and not added yet stays in the tab, like a draft to the person. */
export function NoteList({ caseId, notes, onAdd, kept, words, locale }: NotesProps) {
  const draftName = `note.${caseId}`;
  const [text, setText] = useState(kept.draftOf(draftName));
  const [isBusy, setBusy] = useState(false);
  const change = (value: string) => {
    setText(value);
    kept.keepDraft(draftName, value);
  };
  const add = (event: Event) => {
    event.preventDefault();
    if (onAdd === null) return;
    setBusy(true);
    void onAdd(text.trim()).then((isKept) => {
      setBusy(false);
      if (isKept) change("");
    });
  };
  return (
    <section class="file-part" aria-labelledby="notes">
      <h3 id="notes">{words.notes}</h3>
      {notes.length === 0 && <p class="soft">{words.noNotes}</p>}
      <ol class="notes">
        {notes.map(({ at, byName, isOwn, text: said }) => (
          <li key={`${at} ${said}`}>
            <p class="who">
              {isOwn ? words.me : (byName ?? words.somebody)}{" "}
              <time dateTime={new Date(at).toISOString()}>{momentOf(at, locale)}</time>
            </p>
            <p class="said">{said}</p>
          </li>
        ))}
      </ol>
      {onAdd !== null && (
        <form onSubmit={add}>
          <label for="note">{words.noteLabel}</label>
          <textarea
            id="note"
            rows={3}
            maxLength={LONGEST_NOTE}
            value={text}
            autocomplete="off"
            aria-describedby="note-hint"
            onInput={(event) => change(event.currentTarget.value)}
          />
          <p id="note-hint" class="soft">
            {words.noteHint}
          </p>
          <button type="submit" disabled={isBusy || text.trim() === ""}>
            {words.addNote}
          </button>
        </form>
      )}
    </section>
  );
}

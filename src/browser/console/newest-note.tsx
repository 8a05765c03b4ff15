import { useState } from "preact/hooks";
import type { CaseFileView } from "../../wire/case-file.ts";
import type { KeptWords } from "./kept-words.ts";
import type { Words } from "./words.ts";

interface NewestProps {
  readonly caseId: string;
  readonly notes: CaseFileView["notes"];
  readonly kept: KeptWords;
  readonly words: Words;
}

/** A colleague's word must not be missed in a closed file: it stands over the talk until it was read. */
export function NewestNote({ caseId, notes, kept, words }: NewestProps) {
  const name = `note-read.${caseId}`;
  const [readUpTo, setReadUpTo] = useState(Number(kept.draftOf(name)) || 0);
  const newest = notes.at(-1);
  if (newest === undefined || newest.isOwn || newest.at <= readUpTo) return null;
  return (
    <p class="newest-note" role="status">
      <span>
        <strong>{words.newNote.replace("{name}", newest.byName ?? words.somebody)}</strong> {newest.text}
      </span>
      <button
        type="button"
        onClick={() => {
          kept.keepDraft(name, String(newest.at));
          setReadUpTo(newest.at);
        }}
      >
        {words.noteRead}
      </button>
    </p>
  );
}

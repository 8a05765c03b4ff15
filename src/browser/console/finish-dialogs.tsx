import { useState } from "preact/hooks";
import type { CaseEnding } from "../../wire/case-file.ts";
import { CASE_ENDINGS, LONGEST_NOTE } from "../../wire/lists.ts";
import { AskFirst } from "./ask-first.tsx";
import type { Words } from "./words.ts";

interface ResolveProps {
  readonly words: Words;
  readonly onYes: (ending: CaseEnding | undefined) => void;
  readonly onNo: () => void;
}

/** Ends a case, and asks how it ended; who does not know yet may leave it open. */
export function ResolveDialog({ words, onYes, onNo }: ResolveProps) {
  const [ending, setEnding] = useState<CaseEnding | undefined>(undefined);
  return (
    <AskFirst
      title={words.resolveTitle}
      body={words.resolveBody}
      yes={words.yesResolve}
      no={words.cancel}
      onYes={() => onYes(ending)}
      onNo={onNo}
    >
      <p class="field">
        <label for="ending">{words.endingLabel}</label>
        <select
          id="ending"
          value={ending ?? ""}
          onChange={({ currentTarget: { value } }) => setEnding(CASE_ENDINGS.find((each) => each === value))}
        >
          <option value="">{words.endingUnsaid}</option>
          {CASE_ENDINGS.map((each) => (
            <option key={each} value={each}>
              {words[`ending-${each}`]}
            </option>
          ))}
        </select>
      </p>
    </AskFirst>
  );
}

interface ReleaseProps {
  readonly words: Words;
  /** `note`: for whoever takes the case next; may be empty. */
  readonly onYes: (note: string) => void;
  readonly onNo: () => void;
}

/** Gives a case back to the queue, with a word for the colleague who takes it next. */
export function ReleaseDialog({ words, onYes, onNo }: ReleaseProps) {
  const [note, setNote] = useState("");
  return (
    <AskFirst
      title={words.releaseTitle}
      body={words.releaseBody}
      yes={words.yesRelease}
      no={words.cancel}
      onYes={() => onYes(note.trim())}
      onNo={onNo}
    >
      <p class="field">
        <label for="handover-note">{words.handoverNote}</label>
        <textarea
          id="handover-note"
          rows={3}
          maxLength={LONGEST_NOTE}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </p>
    </AskFirst>
  );
}

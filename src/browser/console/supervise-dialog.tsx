import { useEffect, useState } from "preact/hooks";
import type { CaseSummary, ReadingReason } from "../../wire/console.ts";
import { LONGEST_NOTE, READING_REASONS } from "../../wire/lists.ts";
import type { ColleaguesAnswer } from "../../wire/colleagues.ts";
import { Dialog } from "./ask-first.tsx";
import { callServer } from "./call-server.ts";
import type { Desk } from "./create-desk.ts";
import type { Words } from "./words.ts";

interface SuperviseProps {
  readonly desk: Desk;
  readonly summary: CaseSummary;
  readonly words: Words;
  readonly onClose: () => void;
}

/** A word to the colleague who holds the case; the dialog stays, so that what was written is not lost when it fails. */
function WhisperForm({
  onSend,
  words,
}: {
  readonly onSend: (text: string) => Promise<boolean>;
  readonly words: Words;
}) {
  const [text, setText] = useState("");
  const [isSent, setSent] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(text.trim()).then((isKept) => {
          setSent(isKept);
          if (isKept) setText("");
        });
      }}
    >
      <p class="field">
        <label for="whisper">{words.whisper}</label>
        <textarea
          id="whisper"
          rows={2}
          maxLength={LONGEST_NOTE}
          value={text}
          aria-describedby="whisper-lead"
          onInput={(event) => {
            setSent(false);
            setText(event.currentTarget.value);
          }}
        />
      </p>
      <p id="whisper-lead" class="soft">
        {words.whisperLead}
      </p>
      <button type="submit" disabled={text.trim() === ""}>
        {words.whisperSend}
      </button>
      <p class="good" role="status">
        {isSent ? words.saved : ""}
      </p>
    </form>
  );
}

/** What a supervisor may do with a case that a colleague holds: read it for a reason, take it, give it on, put it back. */
export function SuperviseDialog({ desk, summary, words, onClose }: SuperviseProps) {
  const { id } = summary;
  const [reason, setReason] = useState<ReadingReason>("safety");
  const [there, setThere] = useState<ColleaguesAnswer["colleagues"]>([]);
  const [to, setTo] = useState("");
  useEffect(() => {
    void callServer<ColleaguesAnswer>("GET", "/colleagues").then((answer) => {
      if (answer.kind !== "ok") return;
      const choices = answer.value.colleagues.filter(
        (each) => each.isPresent && each.id !== summary.counsellorId,
      );
      setThere(choices);
      setTo(choices[0]?.id ?? "");
    });
  }, []);
  const act = (what: Parameters<Desk["supervise"]>[1]) => {
    onClose();
    void desk.supervise(id, what);
  };
  return (
    <Dialog title={`${words.heldBy} ${summary.counsellorName ?? ""}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          desk.readOver(id, reason);
        }}
      >
        <fieldset class="reasons">
          <legend>{words.whyRead}</legend>
          {READING_REASONS.map((each) => (
            <label key={each}>
              <input type="radio" name="reason" checked={reason === each} onChange={() => setReason(each)} />
              {words[`reason-${each}`]}
            </label>
          ))}
        </fieldset>
        <p class="soft">{words.whyReadLead}</p>
        <button type="submit">{words.readOver}</button>
      </form>
      <hr />
      <WhisperForm onSend={(text) => desk.write(id, { kind: "whisper", text })} words={words} />
      <hr />
      <div class="supervise">
        <button
          type="button"
          class="primary"
          onClick={() => act({ kind: "assign", to: desk.state.me?.id ?? "" })}
        >
          {words.takeOver}
        </button>
        {there.length > 0 && (
          <p class="assign">
            <label for="assign-to">{words.assignTo}</label>
            <select id="assign-to" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
              {there.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
            <button type="button" onClick={() => act({ kind: "assign", to })}>
              {words.assign}
            </button>
          </p>
        )}
        <button type="button" onClick={() => act({ kind: "put-back" })}>
          {words.release}
        </button>
        <p class="soft">{words.superviseLead}</p>
      </div>
      <p class="dialog-acts">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}

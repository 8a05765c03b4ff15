import { useEffect, useState } from "preact/hooks";
import type { CaseSummary } from "../../wire/console.ts";
import type { ColleaguesAnswer } from "../../wire/colleagues.ts";
import { Dialog } from "./ask-first.tsx";
import { callServer } from "./call-server.ts";
import type { Desk } from "./create-desk.ts";
import type { Words } from "./words.ts";

interface FormProps {
  readonly desk: Desk;
  readonly caseId: string;
  readonly words: Words;
  readonly onClose: () => void;
}

const ANYONE = "";

/** Asks who should take the case: the group, or one colleague, those whose page is open first. */
export function OfferForm({ desk, caseId, words, onClose }: FormProps) {
  const [colleagues, setColleagues] = useState<ColleaguesAnswer["colleagues"]>([]);
  const [isUnread, setUnread] = useState(false);
  const [to, setTo] = useState(ANYONE);
  useEffect(() => {
    void callServer<ColleaguesAnswer>("GET", "/colleagues").then((answer) => {
      if (answer.kind !== "ok") return setUnread(true);
      const order = [...answer.value.colleagues].sort((a, b) => Number(b.isPresent) - Number(a.isPresent));
      setColleagues(order);
    });
  }, []);
  const choices = [{ id: ANYONE, name: words.offerAnyone, isPresent: true }, ...colleagues];
  return (
    <Dialog title={words.offerTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void desk.transfer(caseId, { kind: "offer", to: to === ANYONE ? null : to });
        }}
      >
        <p>{words.offerBody}</p>
        <fieldset class="choices">
          <legend class="soft">{words.offerTitle}</legend>
          {choices.map(({ id, name, isPresent }) => (
            <label key={id}>
              <input type="radio" name="to" checked={to === id} onChange={() => setTo(id)} />
              <span>
                {name}
                {!isPresent && <span class="soft"> ({words.offerAbsent})</span>}
              </span>
            </label>
          ))}
        </fieldset>
        {isUnread && <p role="alert">{words.offerUnread}</p>}
        <p class="dialog-acts">
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" class="primary">
            {words.offerSend}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** How it stands with an offer of ours. */
export function OfferState({
  desk,
  summary,
  words,
}: Pick<FormProps, "desk" | "words"> & { readonly summary: CaseSummary }) {
  const { offer, id } = summary;
  if (offer === null) return null;
  const text = { open: words.offerWaiting, refused: words.offerRefused, "timed-out": words.offerTimedOut };
  return (
    <p class="offer-state" role="status">
      {text[offer.state].replace("{name}", offer.toName ?? words.offerAnyone)}{" "}
      <button type="button" onClick={() => void desk.transfer(id, { kind: "withdraw" })}>
        {offer.state === "open" ? words.offerWithdraw : words.close}
      </button>
    </p>
  );
}

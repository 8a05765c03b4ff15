import { useState } from "preact/hooks";
import { Dialog } from "./ask-first.tsx";
import type { Desk } from "./create-desk.ts";
import { Field, Mistake, mistakeIn, useSubmit } from "./entry-pages.tsx";
import type { Words } from "./words.ts";

/** A supervisor makes an account for a colleague. */
export function ColleagueForm({
  desk,
  words,
  onClose,
}: {
  readonly desk: Desk;
  readonly words: Words;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [added, setAdded] = useState<string | null>(null);
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    const mistake = mistakeIn({ name, password, again }) ?? (await desk.addColleague(name.trim(), password));
    if (mistake !== null) return mistake;
    setAdded(name.trim());
    for (const clear of [setName, setPassword, setAgain]) clear("");
    return null;
  });
  return (
    <Dialog title={words.team} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p class="soft">{words.teamLead}</p>
        <Field
          id="colleague"
          label={words.personName}
          hint={words.nameHint}
          value={name}
          onValue={setName}
          autocomplete="off"
        />
        <Field
          id="colleague-password"
          type="password"
          label={words.password}
          hint={words.passwordHint}
          value={password}
          onValue={setPassword}
          autocomplete="new-password"
        />
        <Field
          id="colleague-again"
          type="password"
          label={words.passwordAgain}
          value={again}
          onValue={setAgain}
          autocomplete="new-password"
        />
        <Mistake text={problem} />
        <p class="good" role="status">
          {added !== null && `${words.added}: ${added}`}
        </p>
        <p class="dialog-acts">
          <button type="button" onClick={onClose}>
            {words.close}
          </button>
          <button type="submit" class="primary" disabled={isBusy}>
            {words.create}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

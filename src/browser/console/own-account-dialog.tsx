import { encode } from "uqr";
import { useState } from "preact/hooks";
import type { SecondFactorAnswer } from "../../wire/team.ts";
import { Dialog } from "./ask-first.tsx";
import type { Desk } from "./create-desk.ts";
import { callServer, codeOf } from "./call-server.ts";
import { Field, Mistake, mistakeIn, useSubmit } from "./entry-pages.tsx";
import type { Words } from "./words.ts";

interface OwnAccountProps {
  readonly desk: Desk;
  readonly words: Words;
  readonly hasSecondFactor: boolean;
  readonly onClose: () => void;
}

/** One's own password and second factor. */
export function OwnAccountDialog(props: OwnAccountProps) {
  const { words, hasSecondFactor, onClose } = props;
  return (
    <Dialog title={words.ownAccount} onClose={onClose}>
      {hasSecondFactor ? <RemoveSecondFactor {...props} /> : <SetSecondFactor {...props} />}
      <hr />
      <NewPassword {...props} />
      <p class="dialog-acts">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}

/** The house demands a second factor: before it is set there is nothing else to see. */
export function MustSetSecondFactor({ desk, words }: Pick<OwnAccountProps, "desk" | "words">) {
  return (
    <main class="editing">
      <h2>{words.ownAccount}</h2>
      <p class="banner banner-amber">{words.mustSetSecondFactor}</p>
      <SetSecondFactor desk={desk} words={words} />
    </main>
  );
}

function SetSecondFactor({ desk, words }: Pick<OwnAccountProps, "desk" | "words">) {
  const [password, setPassword] = useState("");
  const [offered, setOffered] = useState<SecondFactorAnswer | null>(null);
  const [code, setCode] = useState("");
  const begin = useSubmit(words, async () => {
    const answer = await callServer<SecondFactorAnswer>("POST", "/second-factor", { password });
    if (answer.kind !== "ok") return codeOf(answer);
    setOffered(answer.value);
    return null;
  });
  const confirm = useSubmit(words, async () => {
    const answer = await callServer<unknown>("POST", "/second-factor/confirm", { code });
    if (answer.kind !== "ok") return codeOf(answer) === "BAD_REQUEST" ? "WRONG_CODE" : codeOf(answer);
    await desk.refreshMe();
    return null;
  });
  if (offered === null)
    return (
      <form onSubmit={begin.submit} noValidate>
        <h3>{words.secondFactor}</h3>
        <p class="soft">{words.secondFactorLead}</p>
        <Field
          id="set-password"
          type="password"
          label={words.presentPassword}
          value={password}
          onValue={setPassword}
          autocomplete="current-password"
        />
        <Mistake text={begin.problem} />
        <button type="submit" class="primary" disabled={begin.isBusy || password === ""}>
          {words.setSecondFactor}
        </button>
      </form>
    );
  return (
    <form onSubmit={confirm.submit} noValidate>
      <h3>{words.secondFactor}</h3>
      <p>{words.scanThis}</p>
      <Picture text={offered.uri} label={words.scanThis} />
      <p>
        {words.orType} <code class="secret">{offered.secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <Field
        id="code"
        label={words.code}
        hint={words.codeHint}
        value={code}
        onValue={setCode}
        autocomplete="one-time-code"
      />
      <Mistake text={confirm.problem} />
      <button type="submit" class="primary" disabled={confirm.isBusy}>
        {words.confirm}
      </button>
    </form>
  );
}

/** Drawn here: what it says is secret, and no other host may be asked for it. */
function Picture({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 3 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path class="qr-light" d={`M0 0h${size}v${size}H0z`} />
      <path class="qr-dark" d={dark.join("")} />
    </svg>
  );
}

function RemoveSecondFactor({ desk, words }: OwnAccountProps) {
  const [password, setPassword] = useState("");
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    const answer = await callServer<unknown>("POST", "/second-factor/remove", { password });
    if (answer.kind !== "ok") return codeOf(answer);
    await desk.refreshMe();
    return null;
  });
  return (
    <form onSubmit={submit} noValidate>
      <h3>{words.secondFactor}</h3>
      <p class="good" role="status">
        {words.secondFactorIsSet}
      </p>
      <Field
        id="remove-password"
        type="password"
        label={words.presentPassword}
        value={password}
        onValue={setPassword}
        autocomplete="current-password"
      />
      <Mistake text={problem} />
      <button type="submit" disabled={isBusy || password === ""}>
        {words.removeSecondFactor}
      </button>
    </form>
  );
}

function NewPassword({ desk, words }: OwnAccountProps) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [isDone, setDone] = useState(false);
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    setDone(false);
    const mistake =
      mistakeIn({ name: "own", password, again }) ??
      (await desk.signIn("/password", { current, next: password }));
    if (mistake !== null) return mistake;
    setDone(true);
    for (const clear of [setCurrent, setPassword, setAgain]) clear("");
    return null;
  });
  return (
    <form onSubmit={submit} noValidate>
      <h3>{words.changePassword}</h3>
      <Field
        id="present-password"
        type="password"
        label={words.presentPassword}
        value={current}
        onValue={setCurrent}
        autocomplete="current-password"
      />
      <Field
        id="new-password"
        type="password"
        label={words.newPassword}
        hint={words.passwordHint}
        value={password}
        onValue={setPassword}
        autocomplete="new-password"
      />
      <Field
        id="new-again"
        type="password"
        label={words.passwordAgain}
        value={again}
        onValue={setAgain}
        autocomplete="new-password"
      />
      <Mistake text={problem} />
      <p class="good" role="status">
        {isDone && words.passwordChanged}
      </p>
      <button type="submit" disabled={isBusy || current === ""}>
        {words.changePassword}
      </button>
    </form>
  );
}

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InvitedAnswer } from "../../wire/team.ts";
import { Mark } from "../kit/icons.tsx";
import { callServer, codeOf } from "./call-server.ts";
import type { Desk } from "./create-desk.ts";
import { nameOfProblem } from "./name-problem.ts";
import type { Words } from "./words.ts";

const PASSWORD_MIN = 12;

interface EntryPageProps {
  readonly desk: Desk;
  readonly words: Words;
}

export function SignInPage({ desk, words }: EntryPageProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    const answer = await desk.signIn("/sign-in", { name, password, ...(code === null ? {} : { code }) });
    if (answer === "CODE_NEEDED") {
      setCode("");
      return null;
    }
    return answer === "BAD_REQUEST" && code !== null ? "WRONG_CODE" : answer;
  });
  return (
    <Gate title={words.signInTitle} onSubmit={submit}>
      <Field id="name" label={words.personName} value={name} onValue={setName} autocomplete="username" />
      <Field
        id="password"
        type="password"
        label={words.password}
        value={password}
        onValue={setPassword}
        autocomplete="current-password"
      />
      {code !== null && (
        <Field
          id="code"
          label={words.code}
          hint={words.codeHint}
          value={code}
          onValue={setCode}
          autocomplete="one-time-code"
          hasFocus
        />
      )}
      <Mistake text={problem} />
      <button type="submit" class="primary" disabled={isBusy || name === "" || password === ""}>
        {words.signIn}
      </button>
    </Gate>
  );
}

export function SetupPage({
  desk,
  words,
  token,
  onDone,
}: EntryPageProps & { readonly token: string; readonly onDone: () => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    const mistake = mistakeIn({ name, password, again });
    if (mistake !== null) return mistake;
    const code = await desk.signIn("/setup", { token, name: name.trim(), password });
    if (code === null || code === "LINK_USED") onDone();
    return code;
  });
  return (
    <Gate title={words.setupTitle} onSubmit={submit}>
      <p class="soft">{words.setupLead}</p>
      <Field
        id="name"
        label={words.personName}
        hint={words.nameHint}
        value={name}
        onValue={setName}
        autocomplete="username"
      />
      <Field
        id="password"
        type="password"
        label={words.password}
        hint={words.passwordHint}
        value={password}
        onValue={setPassword}
        autocomplete="new-password"
      />
      <Field
        id="again"
        type="password"
        label={words.passwordAgain}
        value={again}
        onValue={setAgain}
        autocomplete="new-password"
      />
      <Mistake text={problem} />
      <button type="submit" class="primary" disabled={isBusy}>
        {words.create}
      </button>
    </Gate>
  );
}

/** Where an invitation leads: a new account, or a new password for one there is. */
export function JoinPage({
  desk,
  words,
  token,
  onDone,
}: EntryPageProps & { readonly token: string; readonly onDone: () => void }) {
  const [known, setKnown] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const { problem, isBusy, submit } = useSubmit(words, async () => {
    const mistake = mistakeIn({ name: known ?? name, password, again });
    if (mistake !== null) return mistake;
    const own = known === null ? { name: name.trim() } : {};
    const code = await desk.signIn("/join", { token, password, ...own });
    if (code === null) onDone();
    return code;
  });
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    void callServer<InvitedAnswer>("POST", "/invited", { token }).then((answer) => {
      if (answer.kind === "ok") setKnown(answer.value.name);
      else setRefused(nameOfProblem(codeOf(answer), words));
    });
  }, []);
  if (refused !== null)
    return (
      <Gate
        title={words.joinTitle}
        onSubmit={(event) => {
          event.preventDefault();
          onDone();
        }}
      >
        <Mistake text={refused} />
        <button type="submit">{words.signIn}</button>
      </Gate>
    );
  return (
    <Gate title={known === null ? words.joinTitle : `${words.joinAgainTitle} ${known}`} onSubmit={submit}>
      <p class="soft">{known === null ? words.joinLead : words.joinAgainLead}</p>
      {known === null && (
        <Field
          id="name"
          label={words.personName}
          hint={words.nameHint}
          value={name}
          onValue={setName}
          autocomplete="username"
        />
      )}
      <Field
        id="password"
        type="password"
        label={words.password}
        hint={words.passwordHint}
        value={password}
        onValue={setPassword}
        autocomplete="new-password"
      />
      <Field
        id="again"
        type="password"
        label={words.passwordAgain}
        value={again}
        onValue={setAgain}
        autocomplete="new-password"
      />
      <Mistake text={problem} />
      <button type="submit" class="primary" disabled={isBusy}>
        {words.create}
      </button>
    </Gate>
  );
}

/** What is wrong with a new name and password, as a code of its own, or null. */
export function mistakeIn(form: {
  readonly name: string;
  readonly password: string;
  readonly again: string;
}): string | null {
  const letters = form.name.trim().length;
  if (letters < 2 || letters > 40) return "NAME_SHORT";
  if (form.password.length < PASSWORD_MIN) return "TOO_SHORT";
  return form.password === form.again ? null : "NOT_SAME";
}

/** Runs a form once at a time and keeps what went wrong, in words. */
export function useSubmit(words: Words, send: () => Promise<string | null>) {
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setCode(null);
    void send().then((answer) => {
      setCode(answer);
      setBusy(false);
    });
  };
  return { problem: code === null ? null : nameOfProblem(code, words), isBusy, submit };
}

interface GateProps {
  readonly title: string;
  readonly onSubmit: (event: Event) => void;
  readonly children: ComponentChildren;
}

function Gate({ title, onSubmit, children }: GateProps) {
  return (
    <main class="gate">
      <form class="card" onSubmit={onSubmit} noValidate>
        <Mark />
        <h1>{title}</h1>
        {children}
      </form>
    </main>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly autocomplete: string;
  readonly type?: "text" | "password";
  readonly hint?: string;
  /** It has just come up, and is what is to be filled in next. */
  readonly hasFocus?: boolean;
}

export function Field({
  id,
  label,
  value,
  onValue,
  autocomplete,
  type = "text",
  hint,
  hasFocus,
}: FieldProps) {
  const shared = {
    id,
    value,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    autofocus: hasFocus === true,
    "aria-describedby": hint === undefined ? undefined : `${id}-hint`,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === "password" ? <input type="password" {...shared} /> : <input type="text" {...shared} />}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="soft">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Mistake({ text }: { readonly text: string | null }) {
  return (
    <p class="mistake" role="alert">
      {text}
    </p>
  );
}

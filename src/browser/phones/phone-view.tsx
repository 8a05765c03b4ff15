import { useEffect, useRef, useState } from "preact/hooks";
import {
  ATTACHMENTS,
  type Phone,
  type PhoneAct,
  type PhoneLine,
  type PhoneName,
  TROUBLES,
} from "../../wire/phones.ts";
import type { Words } from "./words.ts";

interface PhoneProps {
  readonly name: PhoneName;
  readonly phone: Phone;
  readonly words: Words;
  readonly onAct: (act: PhoneAct) => void;
}

export function PhoneView({ name, phone, words, onAct }: PhoneProps) {
  return (
    <section class={`phone ${name}`} aria-labelledby={`${name}-title`}>
      <header>
        <h2 id={`${name}-title`}>{words.phone[name]}</h2>
        <p role="status">{phone.isTyping ? `${words.bot} ${words.typing}` : ""}</p>
      </header>
      <Talk {...{ name, phone, words, onAct }} />
      <WriteBox {...{ name, phone, words, onAct }} />
      <Trials {...{ name, phone, words, onAct }} />
    </section>
  );
}

function Talk({ name, phone, words, onAct }: PhoneProps) {
  const end = useRef<HTMLDivElement>(null);
  const { lines } = phone;
  useEffect(() => {
    const { current } = end;
    if (current !== null) current.scrollTop = current.scrollHeight;
  }, [lines.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <div class="talk" ref={end} role="log" aria-label={words.phone[name]} tabIndex={0}>
      {lines.length === 0 && <p class="empty">{words.empty}</p>}
      {lines.map((line) => (
        <Line
          key={line.id}
          line={line}
          words={words}
          onTap={(button) => onAct({ kind: "tap", id: line.id, button })}
        />
      ))}
    </div>
  );
}

interface LineProps {
  readonly line: PhoneLine;
  readonly words: Words;
  readonly onTap: (button: number) => void;
}

function Line({ line, words, onTap }: LineProps) {
  const { from, text, attachment, picture, buttons } = line;
  return (
    <div class={`line ${from}`}>
      <span class="unseen">{from === "bot" ? words.bot : words.you}: </span>
      {picture !== null && <img src={picture} alt={text === "" ? words.card : text} width="240" />}
      {attachment !== null && <p>{words.attached[attachment]}</p>}
      {text !== "" && <p>{text}</p>}
      {buttons.length > 0 && (
        <div class="keys">
          {buttons.map((label, index) => (
            <button key={`${index} ${label}`} type="button" onClick={() => onTap(index)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function WriteBox({ name, phone, words, onAct }: PhoneProps) {
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<number | null>(null);
  const last = [...phone.lines]
    .reverse()
    .find(({ from, attachment }) => from === "person" && attachment === null);
  const send = (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onAct(editing === null ? { kind: "write", text } : { kind: "edit", id: editing, text });
    setText("");
    setEditing(null);
  };
  return (
    <form class="write" onSubmit={send}>
      <label class="unseen" for={`${name}-text`}>
        {words.write}
      </label>
      <input
        id={`${name}-text`}
        autocomplete="off"
        placeholder={words.write}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">{editing === null ? words.send : words.saveEdit}</button>
      {name === "telegram" && editing === null && last !== undefined && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setText(last.text);
            setEditing(last.id);
          }}
        >
          {words.edit}
        </button>
      )}
      {editing !== null && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setText("");
            setEditing(null);
          }}
        >
          {words.cancel}
        </button>
      )}
    </form>
  );
}

function Trials({ name, phone, words, onAct }: PhoneProps) {
  return (
    <details class="trials">
      <summary>{words.more}</summary>
      <div class="attach">
        {ATTACHMENTS.map((attachment) => (
          <button key={attachment} type="button" onClick={() => onAct({ kind: "attach", attachment })}>
            {words.attach[attachment]}
          </button>
        ))}
      </div>
      <fieldset>
        <legend>{words.trouble}</legend>
        {TROUBLES.map((trouble) => (
          <label key={trouble}>
            <input
              type="radio"
              name={`${name}-trouble`}
              checked={phone.trouble === trouble}
              onChange={() => onAct({ kind: "trouble", trouble })}
            />
            {words.troubles[trouble]}
          </label>
        ))}
      </fieldset>
      <label>
        <input
          type="checkbox"
          checked={phone.isBlocked}
          onChange={(event) => onAct({ kind: "block", isBlocked: event.currentTarget.checked })}
        />
        {words.block}
      </label>
    </details>
  );
}

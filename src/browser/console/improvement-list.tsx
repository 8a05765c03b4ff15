import { useEffect, useState } from "preact/hooks";
import type { ImprovementsAnswer } from "../../wire/improvements.ts";
import type { Locale } from "../kit/locale.ts";
import { callServer } from "./call-server.ts";
import { Mistake } from "./entry-pages.tsx";
import { dayOf } from "./name-case.ts";
import type { Words } from "./words.ts";

type Line = ImprovementsAnswer["lines"][number];

interface ListProps {
  readonly words: Words;
  readonly locale: Locale;
}

/** Lines that the bot could have answered. An editor writes each anew and says what it is an example of. */
export function ImprovementList({ words, locale }: ListProps) {
  const [answer, setAnswer] = useState<ImprovementsAnswer | "failed" | null>(null);
  const load = async () => {
    const got = await callServer<ImprovementsAnswer>("GET", "/improvements");
    setAnswer(got.kind === "ok" ? got.value : "failed");
  };
  useEffect(() => void load(), []);
  if (answer === null) return <p>{words.loading}</p>;
  if (answer === "failed") return <Mistake text={words.failed} />;
  const { lines, topics } = answer;
  const order = [...lines].sort((a, b) => Number(a.decision !== null) - Number(b.decision !== null));
  const ready = lines.filter(({ decision }) => decision !== null && decision.intent !== null).length;
  return (
    <>
      <p class="soft">{words.improveLead}</p>
      {lines.length === 0 && <p>{words.improveNone}</p>}
      <ul class="improvements">
        {order.map((line) => (
          <ImprovementForm
            key={line.id}
            line={line}
            topics={topics}
            words={words}
            locale={locale}
            onDecided={load}
          />
        ))}
      </ul>
      {ready > 0 && (
        <p>
          <a href="/console/api/improvements.jsonl" download="ke-ben-lines.jsonl">
            {words.improveTake.replace("{count}", String(ready))}
          </a>{" "}
          <span class="soft">{words.improveTakeLead}</span>
        </p>
      )}
    </>
  );
}

interface FormProps extends ListProps {
  readonly line: Line;
  readonly topics: ImprovementsAnswer["topics"];
  readonly onDecided: () => Promise<void>;
}

function ImprovementForm({ line, topics, words, locale, onDecided }: FormProps) {
  const { id, decision } = line;
  const [text, setText] = useState(decision?.text ?? line.text);
  const [intent, setIntent] = useState(decision?.intent ?? "");
  const [isBusy, setBusy] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const decide = async (as: string | null) => {
    setBusy(true);
    setFailed(false);
    const path = `/improvements/${encodeURIComponent(id)}`;
    const answer = await callServer<unknown>("POST", path, { intent: as, text: text.trim() });
    setBusy(false);
    if (answer.kind === "ok") await onDecided();
    else setFailed(true);
  };
  const titleOf = (wanted: string | null) => topics.find((topic) => topic.intent === wanted)?.[locale];
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void decide(intent);
        }}
      >
        <p class="soft">
          {dayOf(line.at, locale)} · {words[line.audience]} · {words[line.locale]}
          {decision !== null &&
            ` · ${decision.byName ?? words.somebody}: ${titleOf(decision.intent) ?? words.improveNothing}`}
        </p>
        <p class="said" lang={line.locale}>
          {line.text}
        </p>
        <p class="field">
          <label for={`text-${id}`}>{words.improveText}</label>
          <textarea
            id={`text-${id}`}
            rows={2}
            maxLength={400}
            lang={line.locale}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </p>
        <p class="field">
          <label for={`topic-${id}`}>{words.improveTopic}</label>
          <select
            id={`topic-${id}`}
            value={intent}
            onChange={(event) => setIntent(event.currentTarget.value)}
          >
            <option value="">–</option>
            {topics.map((topic) => (
              <option key={topic.intent} value={topic.intent}>
                {topic[locale]}
              </option>
            ))}
          </select>
        </p>
        <Mistake text={isFailed ? words.failed : null} />
        <p class="acts">
          <button type="submit" disabled={isBusy || intent === "" || text.trim() === ""}>
            {words.improveKeep}
          </button>
          <button type="button" disabled={isBusy} onClick={() => void decide(null)}>
            {words.improveNothing}
          </button>
        </p>
      </form>
    </li>
  );
}

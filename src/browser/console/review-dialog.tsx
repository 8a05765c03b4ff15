import { useEffect, useState } from "preact/hooks";
import type { ReviewAnswer, ReviewWeeksAnswer, VerdictAnswer } from "../../wire/reviews.ts";
import type { Locale } from "../kit/locale.ts";
import { Dialog } from "./ask-first.tsx";
import { callServer } from "./call-server.ts";
import { Mistake } from "./entry-pages.tsx";
import { datedMomentOf, nameOfLevel } from "./name-case.ts";
import type { Words } from "./words.ts";

interface ReviewProps {
  readonly words: Words;
  readonly locale: Locale;
  readonly isSupervisor: boolean;
  readonly onClose: () => void;
}

const LEVELS = ["none", "concern", "urgent", "emergency"] as const;

/** Reads again what the bot answered alone, one talk after the other; for supervisors, what follows from it. */
export function ReviewDialog({ words, locale, isSupervisor, onClose }: ReviewProps) {
  return (
    <Dialog title={words.review} onClose={onClose} isWide>
      <TalkPart words={words} locale={locale} />
      {isSupervisor && (
        <>
          <hr />
          <WeeksPart words={words} />
        </>
      )}
      <p class="dialog-acts">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}

function TalkPart({ words, locale }: Pick<ReviewProps, "words" | "locale">) {
  const [talk, setTalk] = useState<ReviewAnswer["talk"] | "loading" | "failed">("loading");
  const [isOpened, setOpened] = useState(false);
  const load = async () => {
    const answer = await callServer<ReviewAnswer>("GET", "/reviews/next");
    setTalk(answer.kind === "ok" ? answer.value.talk : "failed");
  };
  useEffect(() => void load(), []);
  const judge = async (id: string, level: (typeof LEVELS)[number] | null) => {
    setTalk("loading");
    const answer = await callServer<VerdictAnswer>("POST", `/reviews/${encodeURIComponent(id)}`, { level });
    setOpened(answer.kind === "ok" && answer.value.kind === "opened");
    await load();
  };
  return (
    <section aria-labelledby="review-talk">
      <h3 id="review-talk">{words.reviewTalk}</h3>
      <p class="soft">{words.reviewLead}</p>
      <p class="good" role="status">
        {isOpened ? words.reviewOpened : ""}
      </p>
      {talk === "loading" && <p>{words.loading}</p>}
      <Mistake text={talk === "failed" ? words.failed : null} />
      {talk === null && <p>{words.reviewNone}</p>}
      {typeof talk === "object" && talk !== null && (
        <>
          <ol class="review-lines">
            {talk.lines.map(({ at, text }) => (
              <li key={`${at} ${text}`}>
                <span class="soft">{datedMomentOf(at, locale)}</span>
                <span class="said">{text}</span>
              </li>
            ))}
          </ol>
          <p class="acts">
            {LEVELS.map((level) => (
              <button key={level} type="button" onClick={() => void judge(talk.id, level)}>
                {nameOfLevel(level, words)}
              </button>
            ))}
            <button type="button" class="plain" onClick={() => void judge(talk.id, null)}>
              {words.reviewPass}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function WeeksPart({ words }: Pick<ReviewProps, "words">) {
  const [answer, setAnswer] = useState<ReviewWeeksAnswer | null>(null);
  useEffect(() => {
    void callServer<ReviewWeeksAnswer>("GET", "/reviews/weeks").then(
      (got) => got.kind === "ok" && setAnswer(got.value),
    );
  }, []);
  if (answer === null) return null;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return (
    <section aria-labelledby="review-weeks">
      <h3 id="review-weeks">{words.reviewWeeks}</h3>
      <p class="soft">{words.reviewWeeksLead}</p>
      <div class="scrolls" tabIndex={0} role="group" aria-labelledby="review-weeks">
        <table>
          <thead>
            <tr>
              {[
                words.reviewWeek,
                words.reviewCaught,
                words.reviewTalks,
                words.reviewJudged,
                words.reviewMissed,
                words.reviewRecall,
              ].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.weeks.map(({ name, talks, sampled, judged, missed, missedNear, caught, estimate }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{caught}</td>
                <td>{talks}</td>
                <td>
                  {judged} / {sampled}
                </td>
                <td>
                  {missed} (+{missedNear})
                </td>
                <td>
                  {estimate === null
                    ? "–"
                    : `${percent(estimate.recall)} (${percent(estimate.low)} – ${percent(estimate.high)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

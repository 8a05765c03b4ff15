import { useEffect, useState } from "preact/hooks";
import type { BoardAnswer, ReportAnswer } from "../../wire/supervision.ts";
import { Dialog } from "./ask-first.tsx";
import { callServer } from "./call-server.ts";
import { Mistake } from "./entry-pages.tsx";
import { clockOf, nameOfLevel, nameOfTag } from "./name-case.ts";
import type { Words } from "./words.ts";

interface BoardProps {
  readonly words: Words;
  readonly onClose: () => void;
}

const LOOK_EVERY_MS = 5000;
const DAY_MS = 24 * 3600 * 1000;
const VIETNAM_MS = 7 * 3600 * 1000;

/** How things stand now, and how they went. */
export function BoardDialog({ words, onClose }: BoardProps) {
  return (
    <Dialog title={words.board} onClose={onClose} isWide>
      <NowPart words={words} />
      <hr />
      <ReportPart words={words} />
      <p class="dialog-acts">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}

function NowPart({ words }: { readonly words: Words }) {
  const [board, setBoard] = useState<BoardAnswer | null>(null);
  useEffect(() => {
    const look = () =>
      void callServer<BoardAnswer>("GET", "/board").then(
        (answer) => answer.kind === "ok" && setBoard(answer.value),
      );
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (board === null) return <p>{words.loading}</p>;
  const { now, waiting, counsellors } = board;
  return (
    <section aria-labelledby="board-now">
      <h3 id="board-now">{words.boardNow}</h3>
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.queue}</th>
              {waiting.map(({ level }) => (
                <th key={level} scope="col">
                  {nameOfLevel(level, words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{words.people}</th>
              {waiting.map(({ level, count }) => (
                <td key={level}>{count}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{words.longest}</th>
              {waiting.map(({ level, oldestAt }) => (
                <td key={level}>{oldestAt === null ? "–" : clockOf(now - oldestAt)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {counsellors.length === 0 ? (
        <p class="mistake">{words.nobodyThere}</p>
      ) : (
        <ul class="team">
          {counsellors.map((each) => (
            <li key={each.id}>
              <span>
                <strong>{each.name}</strong>
                <span class="soft">
                  {each.isPresent ? words.presentNow : words.absentNow} · {words.liveChats}: {each.live}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ReportPart({ words }: { readonly words: Words }) {
  const [from, setFrom] = useState(dateOf(Date.now() - 29 * DAY_MS));
  const [last, setLast] = useState(dateOf(Date.now()));
  const [report, setReport] = useState<ReportAnswer | null>(null);
  const [isWrong, setWrong] = useState(false);
  const span = `from=${from}&until=${dayAfter(last)}`;
  const show = (event: Event) => {
    event.preventDefault();
    void callServer<ReportAnswer>("GET", `/report?${span}`).then((answer) => {
      setWrong(answer.kind !== "ok");
      setReport(answer.kind === "ok" ? answer.value : null);
    });
  };
  return (
    <section aria-labelledby="board-report">
      <h3 id="board-report">{words.report}</h3>
      <form class="span" onSubmit={show}>
        <label for="report-from">{words.fromDay}</label>
        <input
          id="report-from"
          type="date"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
        <label for="report-last">{words.toDay}</label>
        <input
          id="report-last"
          type="date"
          value={last}
          onInput={(event) => setLast(event.currentTarget.value)}
        />
        <button type="submit">{words.showReport}</button>
      </form>
      <Mistake text={isWrong ? words.problemBAD_REQUEST : null} />
      {report !== null && <ReportTables report={report} words={words} />}
      {report !== null && (
        <p>
          <a href={`/console/api/report.csv?${span}`} download="ke-ben-report.csv">
            {words.csv}
          </a>{" "}
          <span class="soft">{words.csvLead}</span>
        </p>
      )}
    </section>
  );
}

function ReportTables({ report, words }: { readonly report: ReportAnswer; readonly words: Words }) {
  const busiest = report.hourly
    .flatMap((day, d) => day.map((perHour, h) => ({ d, h, perHour, seats: report.seats?.[d]?.[h] ?? 0 })))
    .filter(({ perHour }) => perHour > 0)
    .sort((a, b) => b.perHour - a.perHour)
    .slice(0, 5);
  return (
    <>
      <div class="scrolls">
        <table>
          <thead>
            <tr>
              {[words.levelName, words.askedFor, words.reached, words.leftBefore, words.firstReply].map(
                (title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {report.levels.map((each) => (
              <tr key={each.level}>
                <th scope="row">{nameOfLevel(each.level, words)}</th>
                <td>{each.asked}</td>
                <td>{each.reached}</td>
                <td>{each.leftBefore}</td>
                <td>
                  {each.firstReplyP50 === null || each.firstReplyP90 === null
                    ? "–"
                    : `${clockOf(each.firstReplyP50)} / ${clockOf(each.firstReplyP90)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {report.endings.length > 0 && (
        <>
          <h4>{words.endings}</h4>
          <ul class="busiest">
            {report.endings.map(({ ending, count }) => (
              <li key={ending}>
                {ending === null ? words.endingUnsaid : words[`ending-${ending}`]}: {count} {words.cases}
              </li>
            ))}
          </ul>
        </>
      )}
      {report.tags.length > 0 && (
        <>
          <h4>{words.tags}</h4>
          <ul class="busiest">
            {report.tags.map(({ tag, count }) => (
              <li key={tag}>
                {nameOfTag(tag, words)}: {count} {words.cases}
              </li>
            ))}
          </ul>
        </>
      )}
      {busiest.length > 0 && (
        <>
          <h4>{words.busiest}</h4>
          <ul class="busiest">
            {busiest.map(({ d, h, perHour, seats }) => (
              <li key={`${d} ${h}`}>
                {words.weekdays.split(",")[d]} {h}:00: {perHour.toFixed(1)} {words.casesAnHour}
                {report.seats !== null && `, ${seats} ${words.seatsNeeded}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const dateOf = (at: number) => new Date(at + VIETNAM_MS).toISOString().slice(0, 10);
const dayAfter = (date: string) =>
  Number.isNaN(Date.parse(date)) ? "" : new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);

import { useLayoutEffect, useRef } from "preact/hooks";
import type { ConsoleEntry } from "../../wire/console.ts";
import { AlertIcon, Mark, PersonIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import type { PendingSay } from "./desk-state.ts";
import type { Words } from "./words.ts";

interface TranscriptProps {
  readonly entries: readonly ConsoleEntry[];
  /** Numbers of the lines that the channel refused for good. */
  readonly undelivered: readonly number[];
  /** Numbers of the lines that the bot could have answered. */
  readonly marks: readonly number[];
  readonly pending: readonly PendingSay[];
  readonly isWriting: boolean;
  readonly words: Words;
  readonly locale: Locale;
  readonly onDrop: (actId: string) => void;
  /** Absent where the case is not one's own. */
  readonly onMark?: ((seq: number, isMarked: boolean) => void) | undefined;
}

const NEAR_END = 160;

/** The whole talk, the bot's part included, as the person has seen it. */
export function TranscriptView(props: TranscriptProps) {
  const { entries, undelivered, marks, pending, isWriting, words, locale, onDrop, onMark } = props;
  const box = useRef<HTMLDivElement>(null);
  const wasNear = useRef(true);
  useLayoutEffect(() => {
    if (box.current !== null && wasNear.current) box.current.scrollTop = box.current.scrollHeight;
  }, [entries, pending, isWriting]);
  useLayoutEffect(() => {
    const toEnd = new ResizeObserver(() => {
      if (box.current !== null && wasNear.current) box.current.scrollTop = box.current.scrollHeight;
    });
    if (box.current !== null) toEnd.observe(box.current);
    return () => toEnd.disconnect();
  }, []);
  return (
    <div
      class="talk"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={words.log}
      onScroll={({ currentTarget: at }) => {
        wasNear.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
      }}
    >
      {entries.map((entry) => (
        <Line
          key={entry.seq}
          entry={entry}
          isLost={undelivered.includes(entry.seq)}
          isMarked={marks.includes(entry.seq)}
          onMark={onMark}
          words={words}
          locale={locale}
        />
      ))}
      {pending.map((say) => (
        <div key={say.actId} class={`line from-counsellor fate-${say.fate}`}>
          <p class="who">{words.counsellor}</p>
          <p class="said">{say.text}</p>
          <p class="fate">
            {words[say.fate]}
            {say.fate === "refused" && (
              <button type="button" onClick={() => onDrop(say.actId)}>
                {words.drop}
              </button>
            )}
          </p>
        </div>
      ))}
      {isWriting && <p class="soft writing">{words.typing}</p>}
    </div>
  );
}

interface LineProps extends Pick<TranscriptProps, "words" | "locale" | "onMark"> {
  readonly entry: ConsoleEntry;
  readonly isLost: boolean;
  readonly isMarked: boolean;
}

function Line({ entry, isLost, isMarked, words, locale, onMark }: LineProps) {
  const { from, seq, at, text, points, helplines, buttons, tone, because } = entry;
  const time = new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  return (
    <div class={`line from-${from} tone-${tone}`}>
      <p class="who">
        {from === "bot" ? <Mark /> : <PersonIcon />}
        {words[from]} <time dateTime={new Date(at).toISOString()}>{time}</time>
      </p>
      <p class="said">{text}</p>
      {because.length > 0 && (
        <ul class="because" aria-label={words.reasons}>
          {because.map((sign) => (
            <li key={sign.en} class={`edge-${sign.level}`}>
              <AlertIcon /> {sign[locale]} <q lang="vi">{sign.words.join(" … ")}</q>
            </li>
          ))}
        </ul>
      )}
      {points.length > 0 && (
        <ol class="said-points">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ol>
      )}
      {helplines.length > 0 && (
        <p class="said-more">☎ {helplines.map(({ number, name }) => `${number} ${name}`).join(" · ")}</p>
      )}
      {buttons.length > 0 && (
        <p class="said-more">
          {words.offered} {buttons.map(({ label }) => `[${label}]`).join(" ")}
        </p>
      )}
      {from === "person" && (onMark !== undefined || isMarked) && (
        <p class="mark-line">
          <button
            type="button"
            class="plain"
            title={words.markLead}
            aria-pressed={isMarked}
            disabled={onMark === undefined}
            onClick={() => onMark?.(seq, !isMarked)}
          >
            {words.marked}
          </button>
        </p>
      )}
      {isLost && (
        <p class="lost">
          <AlertIcon /> {words.undelivered}
        </p>
      )}
    </div>
  );
}

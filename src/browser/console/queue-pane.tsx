import { useState } from "preact/hooks";
import type { CaseSummary } from "../../wire/console.ts";
import type { Locale } from "../kit/locale.ts";
import { AskFirst } from "./ask-first.tsx";
import { LevelBadge, Origin, Reasons, WaitedFor } from "./case-facts.tsx";
import type { Desk } from "./create-desk.ts";
import {
  type DeskState,
  isFull,
  loadOf,
  othersCases,
  ownCases,
  unreadOf,
  waitingCases,
} from "./desk-state.ts";
import { nameOfCategory } from "./name-case.ts";
import { OfferedCases } from "./offered-cases.tsx";
import { SuperviseDialog } from "./supervise-dialog.tsx";
import { useClock } from "./use-clock.ts";
import type { Words } from "./words.ts";

interface QueueProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly words: Words;
  readonly locale: Locale;
}

/** Everyone who waits, most urgent first, and who is being talked with. */
export function QueuePane({ desk, state, words, locale }: QueueProps) {
  const now = useClock() + state.clockLeadMs;
  const waiting = waitingCases(state);
  const own = ownCases(state);
  const others = othersCases(state);
  const shared = { desk, state, words, locale, now };
  /** What to do once the counsellor has said that they can carry one more. */
  const [asked, setAsked] = useState<(() => void) | null>(null);
  const claim = (wanted: CaseSummary, take: () => void) =>
    isFull(state, wanted) ? setAsked(() => take) : take();
  const [supervised, setSupervised] = useState<string | null>(null);
  const held = others.find(({ id }) => id === supervised);
  return (
    <nav class="queue" aria-label={words.queue}>
      <OfferedCases desk={desk} state={state} words={words} locale={locale} now={now} />
      {own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">
            {words.mine}{" "}
            {state.capacity > 0 && (
              <span class="count">
                <span class="unseen">{words.load} </span>
                {loadOf(own)}/{state.capacity}
              </span>
            )}
          </h2>
          <ul class="cases">
            {own.map((each) => (
              <OwnCase key={each.id} summary={each} {...shared} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="waiting">
        <h2 id="waiting">
          {words.queue} <span class="count">{waiting.length}</span>
        </h2>
        <button
          type="button"
          class="primary next"
          disabled={waiting.length === 0 || state.isBusy}
          onClick={() => {
            const [next] = waiting;
            if (next !== undefined) claim(next, () => void desk.claimNext());
          }}
        >
          {words.takeNext}
        </button>
        {waiting.length === 0 && <p class="soft empty">{words.noneWaiting}</p>}
        <ul class="cases">
          {waiting.map((each) => (
            <WaitingCase
              key={each.id}
              summary={each}
              {...shared}
              onClaim={() => claim(each, () => void desk.claim(each.id))}
            />
          ))}
        </ul>
      </section>
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{words.others}</h2>
          <ul class="cases">
            {others.map((each) => (
              <li key={each.id} class="case quiet">
                <p class="case-top">
                  <LevelBadge summary={each} words={words} />
                  <WaitedFor summary={each} words={words} now={now} />
                </p>
                <p class="soft">
                  {words.heldBy} {each.counsellorName}
                </p>
                {state.me?.role === "supervisor" && (
                  <p class="case-acts">
                    <button type="button" onClick={() => setSupervised(each.id)}>
                      {words.supervise}
                      <span class="unseen"> {each.counsellorName}</span>
                    </button>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {asked !== null && (
        <AskFirst
          title={words.fullTitle}
          body={words.fullBody}
          yes={words.fullYes}
          no={words.cancel}
          onYes={() => {
            asked();
            setAsked(null);
          }}
          onNo={() => setAsked(null)}
        />
      )}
      {held !== undefined && (
        <SuperviseDialog desk={desk} summary={held} words={words} onClose={() => setSupervised(null)} />
      )}
    </nav>
  );
}

interface CaseProps extends QueueProps {
  readonly summary: CaseSummary;
  readonly now: number;
}

function WaitingCase({
  summary,
  desk,
  state,
  words,
  locale,
  now,
  onClaim,
}: CaseProps & { readonly onClaim: () => void }) {
  return (
    <li class={`case edge-${summary.level}`}>
      <p class="case-top">
        <LevelBadge summary={summary} words={words} />
        <WaitedFor summary={summary} words={words} now={now} />
      </p>
      <Reasons summary={summary} words={words} locale={locale} />
      <Origin summary={summary} words={words} />
      <p class="case-acts">
        <button
          type="button"
          aria-pressed={state.chosen === summary.id}
          onClick={() => desk.choose(summary.id)}
        >
          {words.read}
        </button>
        <button type="button" class="claim" disabled={state.isBusy} onClick={onClaim}>
          {words.claim}
        </button>
      </p>
    </li>
  );
}

function OwnCase({ summary, desk, state, words, now }: CaseProps) {
  const unread = summary.id === state.chosen ? 0 : unreadOf(state, summary.id);
  return (
    <li>
      <button
        type="button"
        class={`case own edge-${summary.level}`}
        aria-current={state.chosen === summary.id}
        onClick={() => desk.choose(summary.id)}
      >
        <span class="case-top">
          <LevelBadge summary={summary} words={words} />
          <WaitedFor summary={summary} words={words} now={now} />
        </span>
        <span class="own-about">
          {summary.category === "none" ? words[summary.audience] : nameOfCategory(summary.category, words)}
          {unread > 0 && <b class="count news">{unread}</b>}
        </span>
        {state.writing.has(summary.id) && <span class="soft">{words.typing}</span>}
      </button>
    </li>
  );
}

import type { CaseSummary } from "../../wire/console.ts";
import type { Locale } from "../kit/locale.ts";
import { LevelBadge, Origin, Reasons } from "./case-facts.tsx";
import type { Desk } from "./create-desk.ts";
import { type DeskState, offeredCases } from "./desk-state.ts";
import type { Words } from "./words.ts";

interface OfferedProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly words: Words;
  readonly locale: Locale;
  readonly now: number;
}

/** What colleagues would like to hand to us: above everything else, since it goes within a minute. */
export function OfferedCases(props: OfferedProps) {
  const { state, words, now } = props;
  const offered = offeredCases(state).filter(({ offer }) => offer !== null && now < offer.endsAt);
  return (
    <section class="offered" aria-labelledby="offered" aria-live="assertive" hidden={offered.length === 0}>
      <h2 id="offered">{words.offeredToMe}</h2>
      <ul class="cases">
        {offered.map((each) => (
          <OfferedCase key={each.id} summary={each} {...props} />
        ))}
      </ul>
    </section>
  );
}

function OfferedCase({
  summary,
  desk,
  state,
  words,
  locale,
  now,
}: OfferedProps & { readonly summary: CaseSummary }) {
  const { id, offer, counsellorName } = summary;
  if (offer === null) return null;
  const { offeredAt } = offer;
  const answer = (kind: "accept" | "decline") => void desk.transfer(id, { kind, offeredAt });
  const seconds = String(Math.max(0, Math.ceil((offer.endsAt - now) / 1000)));
  return (
    <li class={`case edge-${summary.level}`}>
      <p class="case-top">
        <LevelBadge summary={summary} words={words} />
        {/* Counting aloud would drown everything else. */}
        <span class="waited" aria-live="off">
          {words.offerLeft.replace("{seconds}", seconds)}
        </span>
      </p>
      <p class="soft">{words.offerFrom.replace("{name}", counsellorName ?? "")}</p>
      <Reasons summary={summary} words={words} locale={locale} />
      <Origin summary={summary} words={words} />
      <p class="case-acts">
        {offer.toName !== null && (
          <button type="button" disabled={state.isBusy} onClick={() => answer("decline")}>
            {words.offerDecline}
          </button>
        )}
        <button type="button" class="claim" disabled={state.isBusy} onClick={() => answer("accept")}>
          {words.offerAccept}
        </button>
      </p>
    </li>
  );
}

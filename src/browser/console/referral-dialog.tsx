import { useEffect, useState } from "preact/hooks";
import type { ReferralAnswer } from "../../wire/case-file.ts";
import { PLAN_PARTS } from "../../wire/lists.ts";
import type { Locale } from "../kit/locale.ts";
import { Dialog } from "./ask-first.tsx";
import { callServer } from "./call-server.ts";
import type { KeptWords } from "./kept-words.ts";
import { datedMomentOf, nameOfCategory, nameOfLevel } from "./name-case.ts";
import type { Words } from "./words.ts";

interface ReferralProps {
  readonly caseId: string;
  readonly kept: KeptWords;
  readonly words: Words;
  readonly locale: Locale;
  readonly onClose: () => void;
}

const CONSENTS = ["unasked", "yes", "danger", "no"] as const;

/** A sheet for whoever the case is passed on to. The counsellor chooses the lines; nothing is kept or sent from here. */
export function ReferralDialog({ caseId, kept, words, locale, onClose }: ReferralProps) {
  const [sheet, setSheet] = useState<ReferralAnswer | "failed" | null>(null);
  useEffect(() => {
    void callServer<ReferralAnswer>("GET", `/cases/${encodeURIComponent(caseId)}/referral`).then((answer) =>
      setSheet(answer.kind === "ok" ? answer.value : "failed"),
    );
  }, []);
  return (
    <Dialog title={words.referral} onClose={onClose} isWide>
      <p class="banner banner-amber no-print">{words.referralLead}</p>
      {sheet === null && <p>{words.loading}</p>}
      {sheet === "failed" && (
        <p class="mistake" role="alert">
          {words.referralFailed}
        </p>
      )}
      {sheet !== null && sheet !== "failed" && (
        <Sheet sheet={sheet} draftName={`referral.${caseId}`} kept={kept} words={words} locale={locale} />
      )}
      <p class="dialog-acts no-print">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
        <button type="button" class="primary" disabled={typeof sheet !== "object"} onClick={() => print()}>
          {words.print}
        </button>
      </p>
    </Dialog>
  );
}

interface SheetProps extends Pick<ReferralProps, "kept" | "words" | "locale"> {
  readonly sheet: ReferralAnswer;
  readonly draftName: string;
}

function Sheet({ sheet, draftName, kept, words, locale }: SheetProps) {
  const [summary, setSummary] = useState(kept.draftOf(draftName));
  const [consent, setConsent] = useState<(typeof CONSENTS)[number]>("unasked");
  const [taken, setTaken] = useState<ReadonlySet<number>>(
    () => new Set(sheet.lines.filter(({ isSign }) => isSign).map(({ seq }) => seq)),
  );
  const plan = PLAN_PARTS.filter((part) => sheet.plan[part] !== "");
  const take = (seq: number, isTaken: boolean) => {
    const next = new Set(taken);
    if (isTaken) next.add(seq);
    else next.delete(seq);
    setTaken(next);
  };
  return (
    <div class="sheet">
      <dl>
        <Row name={words.referralNumber}>{sheet.number}</Row>
        <Row name={words.referralAt}>{datedMomentOf(sheet.now, locale)}</Row>
        <Row name={words.referralWaiting}>{datedMomentOf(sheet.requestedAt, locale)}</Row>
        <Row name={words.levelName}>{nameOfLevel(sheet.level, words)}</Row>
        <Row name={words.topic}>{nameOfCategory(sheet.category, words)}</Row>
        <Row name={words.who}>{words[sheet.audience]}</Row>
        <Row name={words.referralTo}>
          {sheet.helplines.map((line) => `${line.number} ${line[locale]}`).join(" · ")}
        </Row>
        <Row name={words.reasons}>{sheet.reasons.map((reason) => reason[locale]).join(" · ") || "–"}</Row>
      </dl>
      <p class="field">
        <label for="consent">{words.referralConsent}</label>
        <select
          id="consent"
          value={consent}
          onChange={({ currentTarget: { value } }) =>
            setConsent(CONSENTS.find((each) => each === value) ?? "unasked")
          }
        >
          {CONSENTS.map((each) => (
            <option key={each} value={each}>
              {words[`consent-${each}`]}
            </option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for="referral-summary">{words.referralSummary}</label>
        <textarea
          id="referral-summary"
          rows={4}
          value={summary}
          onInput={({ currentTarget: { value } }) => {
            setSummary(value);
            kept.keepDraft(draftName, value);
          }}
        />
        {/* A box shows only its first lines on paper. */}
        <span class="only-print said">{summary}</span>
      </p>
      <h3>{words.referralLines}</h3>
      <ul class="checks">
        {sheet.lines.map(({ seq, at, from, text }) => (
          <li key={seq} class={taken.has(seq) ? undefined : "no-print"}>
            <label>
              <input
                type="checkbox"
                class="no-print"
                checked={taken.has(seq)}
                onChange={(event) => take(seq, event.currentTarget.checked)}
              />
              <span>
                <span class="soft">
                  {datedMomentOf(at, locale)}, {words[from]}:
                </span>{" "}
                <span class="said">{text}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {sheet.done.length > 0 && (
        <>
          <h3>{words.referralDone}</h3>
          <ul class="busiest">
            {sheet.done.map((step) => (
              <li key={step.en}>{step[locale]}</li>
            ))}
          </ul>
        </>
      )}
      {plan.length > 0 && (
        <>
          <h3>{words.plan}</h3>
          <dl>
            {plan.map((part) => (
              <Row key={part} name={words[`plan-${part}`]}>
                {sheet.plan[part]}
              </Row>
            ))}
          </dl>
        </>
      )}
      <p class="only-print signature">{words.referralBy}</p>
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

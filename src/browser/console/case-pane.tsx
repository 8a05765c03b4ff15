import { useState } from "preact/hooks";
import type { CaseSummary } from "../../wire/console.ts";
import { BackIcon, PersonIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { CaseFilePane } from "./case-file-pane.tsx";
import { LevelBadge, Origin, Reasons } from "./case-facts.tsx";
import type { Desk } from "./create-desk.ts";
import { type DeskState, isOwn, waitingCases } from "./desk-state.ts";
import { ReleaseDialog, ResolveDialog } from "./finish-dialogs.tsx";
import type { KeptWords } from "./kept-words.ts";
import { NewestNote } from "./newest-note.tsx";
import { OfferForm, OfferState } from "./offer-form.tsx";
import { ReplyMeter } from "./reply-meter.tsx";
import { ReplyBox } from "./reply-box.tsx";
import { TranscriptView } from "./transcript-view.tsx";
import type { Words } from "./words.ts";

interface CasePaneProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly kept: KeptWords;
  readonly words: Words;
  readonly locale: Locale;
}

const COOL_DOWN_MS = 10 * 60_000;

/** The case that is open: why it was flagged, what was said, and the answer being written. */
export function CasePane(props: CasePaneProps) {
  const { desk, state, words } = props;
  const summary = state.cases.find(({ id }) => id === state.chosen);
  const isQuiet = waitingCases(state).length === 0;
  if (state.chosen === null && Date.now() - state.hardCaseAt < COOL_DOWN_MS) {
    return (
      <main class="case-pane nothing">
        <h2>{words.coolTitle}</h2>
        <p class="soft">{words.coolBody}</p>
      </main>
    );
  }
  if (state.chosen === null) {
    return (
      <main class="case-pane nothing">
        <h2>{isQuiet ? words.restTitle : words.pickTitle}</h2>
        <p class="soft">{isQuiet ? words.restBody : words.pickBody}</p>
      </main>
    );
  }
  const closed = summary === undefined ? "gone" : (state.transcripts.get(summary.id)?.closed ?? null);
  if (summary === undefined || closed !== null) {
    return (
      <main class="case-pane nothing">
        <h2>{words[closed ?? "gone"]}</h2>
        <button type="button" onClick={() => desk.choose(null)}>
          <BackIcon />
          {words.back}
        </button>
      </main>
    );
  }
  return <OpenCase key={summary.id} summary={summary} {...props} />;
}

function OpenCase({
  desk,
  state,
  kept,
  words,
  locale,
  summary,
}: CasePaneProps & { readonly summary: CaseSummary }) {
  const [asking, setAsking] = useState<"release" | "resolve" | null>(null);
  const [isOffering, setOffering] = useState(false);
  const [isFileOpen, setFileOpen] = useState(false);
  /** Counts what was put into the reply box from outside: it is made anew with its draft. */
  const [puts, setPuts] = useState(0);
  const { id } = summary;
  const own = isOwn(state, id);
  const transcript = state.transcripts.get(id);
  const file = transcript?.file ?? null;
  const finish = (step: Parameters<Desk["finish"]>[1]) => {
    setAsking(null);
    void desk.finish(id, step);
  };
  const giveBack = async (note: string) => {
    setAsking(null);
    // Kept first: once the case is back in the queue it is no longer ours to write in.
    if (note === "" || (await desk.write(id, { kind: "note", text: note })))
      await desk.finish(id, { kind: "release" });
  };
  const put = (text: string) => {
    const draft = kept.draftOf(id);
    kept.keepDraft(id, draft.trim() === "" ? text : `${draft}\n\n${text}`);
    setFileOpen(false);
    setPuts(puts + 1);
  };
  return (
    <main class="case-pane" aria-labelledby="case-title">
      <header class={`case-head edge-${summary.level}`}>
        <div class="case-title">
          <button type="button" class="plain to-list" onClick={() => desk.choose(null)}>
            <BackIcon />
            <span>{words.back}</span>
          </button>
          <h2 id="case-title">
            <LevelBadge summary={summary} words={words} />
          </h2>
          <CaseActs
            own={own}
            words={words}
            isBusy={state.isBusy}
            isFileOpen={isFileOpen}
            onFile={() => setFileOpen(!isFileOpen)}
            onClaim={() => void desk.claim(id)}
            onAsk={setAsking}
            onOffer={() => setOffering(true)}
          />
        </div>
        {!own && <Origin summary={summary} words={words} />}
        <details open={!own}>
          <summary>{words.reasons}</summary>
          {own && <Origin summary={summary} words={words} />}
          <Reasons summary={summary} words={words} locale={locale} />
        </details>
        <p class={own ? "standing standing-live" : "standing"}>
          {own && <PersonIcon />}
          {own ? words.live : words.audited}
        </p>
        {file !== null && <NewestNote caseId={id} notes={file.notes} kept={kept} words={words} />}
        {own && summary.offer !== null && <OfferState desk={desk} summary={summary} words={words} />}
        {summary.channel === "zalo" && <ReplyMeter entries={transcript?.entries ?? []} words={words} />}
      </header>
      <div class="case-body">
        <div class="talk-side">
          <TranscriptView
            entries={transcript?.entries ?? []}
            undelivered={transcript?.undelivered ?? []}
            marks={file?.marks ?? []}
            pending={state.pending.filter((say) => say.caseId === id)}
            isWriting={state.writing.has(id)}
            words={words}
            locale={locale}
            onDrop={(actId) => desk.drop(actId)}
            onMark={own ? (seq, isMarked) => void desk.write(id, { kind: "mark", seq, isMarked }) : undefined}
          />
          {own && (
            <ReplyBox
              key={puts}
              words={words}
              locale={locale}
              listener={summary}
              draft={kept.draftOf(id)}
              onDraft={(text) => kept.keepDraft(id, text)}
              onSay={(text) => desk.say(id, text)}
              onTyping={() => desk.typing(id)}
            />
          )}
        </div>
        {isFileOpen && file !== null && (
          <CaseFilePane
            desk={desk}
            summary={summary}
            file={file}
            isOwn={own}
            kept={kept}
            words={words}
            locale={locale}
            onPut={put}
            onClose={() => setFileOpen(false)}
          />
        )}
      </div>
      {isOffering && <OfferForm desk={desk} caseId={id} words={words} onClose={() => setOffering(false)} />}
      {asking === "resolve" && (
        <ResolveDialog
          words={words}
          onYes={(ending) => finish({ kind: "resolve", ending })}
          onNo={() => setAsking(null)}
        />
      )}
      {asking === "release" && (
        <ReleaseDialog words={words} onYes={(note) => void giveBack(note)} onNo={() => setAsking(null)} />
      )}
    </main>
  );
}

interface ActsProps {
  readonly own: boolean;
  readonly words: Words;
  readonly isBusy: boolean;
  readonly onClaim: () => void;
  readonly onAsk: (what: "release" | "resolve") => void;
  readonly onOffer: () => void;
  readonly isFileOpen: boolean;
  readonly onFile: () => void;
}

function CaseActs({ own, words, isBusy, onClaim, onAsk, onOffer, isFileOpen, onFile }: ActsProps) {
  const file = (
    <button type="button" aria-expanded={isFileOpen} onClick={onFile}>
      {words.file}
    </button>
  );
  if (!own) {
    return (
      <div class="acts">
        {file}
        <button type="button" class="primary" disabled={isBusy} onClick={onClaim}>
          {words.claim}
        </button>
      </div>
    );
  }
  return (
    <div class="acts">
      {file}
      <button type="button" disabled={isBusy} onClick={onOffer}>
        {words.offer}
      </button>
      <button type="button" disabled={isBusy} onClick={() => onAsk("release")}>
        {words.release}
      </button>
      <button type="button" disabled={isBusy} onClick={() => onAsk("resolve")}>
        {words.resolve}
      </button>
    </div>
  );
}

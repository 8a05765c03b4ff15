import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CaseFileView, CaseTag } from "../../wire/case-file.ts";
import type { CaseSummary } from "../../wire/console.ts";
import type { Locale } from "../kit/locale.ts";
import { Checklist } from "./checklist.tsx";
import type { Desk } from "./create-desk.ts";
import type { KeptWords } from "./kept-words.ts";
import { dayOf } from "./name-case.ts";
import { NoteList } from "./note-list.tsx";
import { PlanForm } from "./plan-form.tsx";
import { ReferralDialog } from "./referral-dialog.tsx";
import { TagList } from "./tag-list.tsx";
import type { Words } from "./words.ts";

interface FileProps {
  readonly desk: Desk;
  readonly summary: CaseSummary;
  readonly file: CaseFileView;
  readonly isOwn: boolean;
  readonly kept: KeptWords;
  readonly words: Words;
  readonly locale: Locale;
  readonly onPut: (text: string) => void;
  readonly onClose: () => void;
}

const DAY_MS = 24 * 3600 * 1000;

/** What counsellors write down about a case: beside the talk, or over it on a phone. Who does not hold it only reads. */
export function CaseFilePane(props: FileProps) {
  const { desk, summary, file, isOwn, kept, words, locale, onPut, onClose } = props;
  const { id } = summary;
  const title = useRef<HTMLHeadingElement>(null);
  const [isReferring, setReferring] = useState(false);
  useLayoutEffect(() => title.current?.focus(), []);
  const mayWrite = <T,>(act: T): T | null => (isOwn ? act : null);
  return (
    <aside
      class="case-file"
      aria-labelledby="file-title"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header>
        <h2 id="file-title" ref={title} tabIndex={-1}>
          {words.file}
        </h2>
        <button type="button" onClick={onClose}>
          {words.closeFile}
        </button>
      </header>
      <p class="soft">{words.fileLead}</p>
      {summary.requestedAt - file.firstWroteAt > DAY_MS && (
        <p>{words.wroteBefore.replace("{date}", dayOf(file.firstWroteAt, locale))}</p>
      )}
      <NoteList
        caseId={id}
        notes={file.notes}
        kept={kept}
        words={words}
        locale={locale}
        onAdd={mayWrite((text: string) => desk.write(id, { kind: "note", text }))}
      />
      <Checklist
        steps={file.steps}
        words={words}
        locale={locale}
        onTick={mayWrite(
          (step: string, isDone: boolean) => void desk.write(id, { kind: "tick", step, isDone }),
        )}
      />
      <TagList
        file={file}
        words={words}
        onTag={mayWrite((tag: CaseTag, isOn: boolean) => void desk.write(id, { kind: "tag", tag, isOn }))}
      />
      {isOwn && (
        <PlanForm
          summary={summary}
          plan={file.plan}
          kept={kept}
          words={words}
          onSave={(plan) => desk.write(id, { kind: "plan", plan })}
          onPut={onPut}
        />
      )}
      {isOwn && (
        <p class="file-part">
          <button type="button" onClick={() => setReferring(true)}>
            {words.referral}
          </button>
        </p>
      )}
      {isReferring && (
        <ReferralDialog
          caseId={id}
          kept={kept}
          words={words}
          locale={locale}
          onClose={() => setReferring(false)}
        />
      )}
    </aside>
  );
}

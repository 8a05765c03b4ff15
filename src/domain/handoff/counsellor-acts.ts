import type { AuditEvent } from "../conversation/outcome.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { Speech } from "../conversation/message.ts";
import type { Outcome } from "../conversation/outcome.ts";
import type { CounsellorId } from "../kernel/ids.ts";
import type { FlowBook } from "../dialogue/flow-book.ts";
import { NO_RISK } from "../triage/assessment.ts";
import { type ActResult, type By, type Case, concludeAct, noticeEntry } from "./conclude-act.ts";
import { type CaseEnding, type CaseFileAct, writeInFile } from "./case-file.ts";
import type { Handoff } from "./handoff.ts";
import type { TransferAct } from "./transfer.ts";
import { passOn, transferCase } from "./transfer-case.ts";

export type CounsellorAct =
  | { readonly kind: "claim" }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "release" }
  /** Their console is gone; the server gives the case back in their name. Meant for the claim of that moment only. */
  | { readonly kind: "lapse"; readonly claimedAt: number | null }
  | { readonly kind: "resolve"; readonly ending?: CaseEnding | undefined }
  | CaseFileAct
  | TransferAct
  | SupervisorAct;

/** On a case that somebody else holds. Whether it is a supervisor who asks is decided where the request comes in. */
export type SupervisorAct =
  /** To a colleague, or to oneself. */
  | { readonly kind: "assign"; readonly to: CounsellorId }
  | { readonly kind: "put-back" }
  /** A note that only the counsellor sees. */
  | { readonly kind: "whisper"; readonly text: string };

/** What a counsellor does to a case: pure; the commit's revision decides between two who act at once. */
export function actOnCase(book: FlowBook, subject: Case, request: { act: CounsellorAct; by: By }): ActResult {
  const { act, by } = request;
  const { handoff } = subject;
  if (handoff.status === "resolved" || handoff.status === "abandoned")
    return { kind: "refused", reason: "gone" };
  if (act.kind === "claim") {
    return handoff.status === "live"
      ? { kind: "refused", reason: "already-claimed" }
      : done(claim(book, subject, by));
  }
  if (act.kind === "assign" || act.kind === "put-back" || act.kind === "whisper")
    return supervise(book, subject, { act, by });
  if (isTransferAct(act)) return transferCase(book, subject, { act, by });
  if (handoff.status !== "live" || handoff.counsellorId !== by.counsellorId)
    return { kind: "refused", reason: "not-yours" };
  // They came back and took it anew while they were thought to be gone.
  if (act.kind === "lapse" && act.claimedAt !== handoff.claimedAt)
    return { kind: "refused", reason: "not-yours" };
  if (isFileAct(act)) return write(subject, by, { act, audit: FILE_AUDIT[act.kind] });
  if (act.kind === "say") return done(say(subject, by, act.text));
  return done(
    act.kind === "resolve"
      ? resolve(book, subject, { by, ending: act.ending ?? null })
      : giveBack(book, subject, { by, act: act.kind }),
  );
}

function supervise(
  book: FlowBook,
  subject: Case,
  { act, by }: { readonly act: SupervisorAct; readonly by: By },
): ActResult {
  const { status, counsellorId } = subject.handoff;
  if (status !== "live") return { kind: "refused", reason: "not-yours" };
  if (act.kind === "whisper")
    return write(subject, by, { act: { kind: "note", text: act.text }, audit: "case-whispered" });
  if (act.kind === "put-back") return done(giveBack(book, subject, { by, act: act.kind }));
  return counsellorId === act.to
    ? { kind: "refused", reason: "already-claimed" }
    : done(passOn(book, subject, { by, to: act.to, act: "handoff-assigned" }));
}

/** What the queue shows stays as it is: its pages need not be woken. */
export function leavesQueue({ kind }: CounsellorAct): boolean {
  return kind === "say" || kind === "whisper" || Object.hasOwn(FILE_AUDIT, kind);
}

function isFileAct(act: CounsellorAct): act is CaseFileAct {
  return Object.hasOwn(FILE_AUDIT, act.kind);
}

/** What is written down in a case, and which of it the audit log has to know. */
const FILE_AUDIT: Readonly<Record<CaseFileAct["kind"], AuditEvent["act"] | null>> = {
  note: "case-noted",
  plan: "case-planned",
  tag: null,
  tick: null,
  mark: null,
};

/** The person hears nothing of it: there is no line to be delivered. */
function write(
  { conversation, handoff }: Case,
  by: By,
  { act, audit }: { readonly act: CaseFileAct; readonly audit: AuditEvent["act"] | null },
): ActResult {
  const file = writeInFile(handoff.file, act, { by: by.counsellorId, now: by.now });
  if (file === null) return { kind: "refused", reason: "full" };
  return done(concludeAct(conversation, by, { handoff: { ...handoff, file }, entries: [], act: audit }));
}

function isTransferAct(act: CounsellorAct): act is TransferAct {
  return ["offer", "withdraw", "accept", "decline", "expire"].includes(act.kind);
}

function done(outcome: Outcome): ActResult {
  return { kind: "done", outcome };
}

function claim(book: FlowBook, subject: Case, by: By): Outcome {
  const handoff: Handoff = {
    ...subject.handoff,
    status: "live",
    counsellorId: by.counsellorId,
    claimedAt: by.now,
    transfer: null,
  };
  const mode = { kind: "live", handoffId: handoff.id, counsellorId: by.counsellorId } as const;
  return concludeAct({ ...subject.conversation, mode, openButtons: [] }, by, {
    handoff,
    entries: [noticeEntry(book, subject.conversation, { name: "handoff_joined", by })],
    act: "handoff-claimed",
  });
}

function say(subject: Case, by: By, text: string): Outcome {
  const speech: Speech = { text, points: [], helplines: [], buttons: [], tone: "plain" };
  const seq = subject.conversation.lastSeq + 1;
  const { handoff } = subject;
  return concludeAct(subject.conversation, by, {
    handoff: handoff.firstReplyAt === null ? { ...handoff, firstReplyAt: by.now } : null,
    entries: [{ seq, at: by.now, from: "counsellor", speech }],
    act: null,
  });
}

const GIVEN_BACK = {
  release: "handoff-released",
  lapse: "handoff-lapsed",
  "put-back": "handoff-put-back",
} as const;

/** Back to the queue with the old waiting time: nobody loses their place because a counsellor had to leave. */
function giveBack(
  book: FlowBook,
  subject: Case,
  { by, act }: { readonly by: By; readonly act: keyof typeof GIVEN_BACK },
): Outcome {
  const handoff: Handoff = {
    ...subject.handoff,
    status: "waiting",
    counsellorId: null,
    claimedAt: null,
    transfer: null,
  };
  return concludeAct({ ...subject.conversation, mode: { kind: "waiting", handoffId: handoff.id } }, by, {
    handoff,
    entries: [
      noticeEntry(book, subject.conversation, {
        name: act === "lapse" ? "handoff_lapsed" : "handoff_released",
        by,
      }),
    ],
    act: GIVEN_BACK[act],
  });
}

/** Back to the bot. Only here, by a counsellor's hand, does the risk that was held go down (ADR 2). */
function resolve(
  book: FlowBook,
  subject: Case,
  { by, ending }: { readonly by: By; readonly ending: CaseEnding | null },
): Outcome {
  const ended = { status: "resolved", endedAt: by.now, transfer: null } as const;
  const handoff: Handoff = { ...subject.handoff, ...ended, ending };
  const after: Conversation = {
    ...subject.conversation,
    mode: { kind: "bot" },
    cursor: null,
    risk: NO_RISK,
    recent: [],
    declinedAt: null,
  };
  return concludeAct(after, by, {
    handoff,
    entries: [noticeEntry(book, subject.conversation, { name: "handoff_resolved", by })],
    act: "handoff-resolved",
  });
}

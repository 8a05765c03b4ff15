import type { ChatMode } from "../../wire/chat.ts";
import type { CaseFileView } from "../../wire/case-file.ts";
import type { CaseSummary, ConsoleEntry, Me, QueueAnswer, TranscriptAnswer } from "../../wire/console.ts";

/** Words of the counsellor that the server has not confirmed. `actId` stays the same however often they are sent. */
export interface PendingSay {
  readonly actId: string;
  readonly caseId: string;
  readonly text: string;
  readonly fate: "sending" | "retrying" | "refused";
}

export interface OpenTranscript {
  readonly entries: readonly ConsoleEntry[];
  readonly undelivered: readonly number[];
  readonly mode: ChatMode;
  /** What counsellors wrote down; null while the case may not be read. */
  readonly file: CaseFileView | null;
  /** Set when it may no longer be read: a colleague holds it, or it is gone. */
  readonly closed: "notYours" | "gone" | null;
}

/** What the page shows: who is signed in, the queue, and the transcripts that are open. */
export interface DeskState {
  readonly phase: "loading" | "signed-out" | "signed-in";
  readonly me: Me | null;
  readonly isOnline: boolean;
  readonly cases: readonly CaseSummary[];
  readonly incidents: QueueAnswer["incidents"];
  readonly capacity: number;
  readonly drill: QueueAnswer["drill"];
  /** Server's clock minus ours, so that waiting times are true on a computer whose clock is not. */
  readonly clockLeadMs: number;
  readonly chosen: string | null;
  readonly transcripts: ReadonlyMap<string, OpenTranscript>;
  readonly pending: readonly PendingSay[];
  /** Case ids whose person is writing now. */
  readonly writing: ReadonlySet<string>;
  /** Highest number that the counsellor has had on screen, per case. */
  readonly seen: ReadonlyMap<string, number>;
  readonly notice:
    | "alreadyClaimed"
    | "noOffer"
    | "notYours"
    | "gone"
    | "full"
    | "failed"
    | "stillSignedIn"
    | null;
  readonly isBusy: boolean;
  /** When a case of great danger was ended here last; 0: not in this sitting. */
  readonly hardCaseAt: number;
}

export const EMPTY_DESK: DeskState = {
  phase: "loading",
  me: null,
  isOnline: true,
  cases: [],
  incidents: [],
  capacity: 0,
  drill: null,
  clockLeadMs: 0,
  chosen: null,
  transcripts: new Map(),
  pending: [],
  writing: new Set(),
  seen: new Map(),
  notice: null,
  isBusy: false,
  hardCaseAt: 0,
};

export function waitingCases({ cases }: DeskState): CaseSummary[] {
  return cases.filter(({ status }) => status === "waiting");
}

export function ownCases({ cases, me }: DeskState): CaseSummary[] {
  return cases.filter(({ status, counsellorId }) => status === "live" && counsellorId === me?.id);
}

/** What one carries: an emergency counts double. */
export function loadOf(cases: readonly Pick<CaseSummary, "level">[]): number {
  return cases.reduce((sum, { level }) => sum + (level === "emergency" ? 2 : 1), 0);
}

/** True when another case would be more than one should carry. Nobody is asked twice about an emergency. */
export function isFull(state: DeskState, wanted: Pick<CaseSummary, "level">): boolean {
  const { capacity } = state;
  return capacity > 0 && wanted.level !== "emergency" && loadOf([...ownCases(state), wanted]) > capacity;
}

export function othersCases({ cases, me }: DeskState): CaseSummary[] {
  return cases.filter(({ status, counsellorId }) => status === "live" && counsellorId !== me?.id);
}

export function isOwn(state: DeskState, caseId: string): boolean {
  return ownCases(state).some(({ id }) => id === caseId);
}

/** Live cases that a colleague would like to hand to us. */
export function offeredCases({ cases }: DeskState): CaseSummary[] {
  return cases.filter(({ offer }) => offer?.isForMe === true);
}

/** How many lines of a case have come since it was last on screen. */
export function unreadOf(state: DeskState, caseId: string): number {
  const seen = state.seen.get(caseId) ?? 0;
  return (
    state.transcripts.get(caseId)?.entries.filter(({ seq, from }) => seq > seen && from === "person")
      .length ?? 0
  );
}

/**
 * Adds entries by number, each once. An entry of ours takes the place of the words still waiting for their
 * confirmation: they would stand there twice until the answer comes.
 */
export function mergeEntries(
  state: DeskState,
  caseId: string,
  page: Pick<TranscriptAnswer, "entries" | "undelivered" | "mode" | "file">,
): DeskState {
  const before = state.transcripts.get(caseId);
  const known = new Set(before?.entries.map(({ seq }) => seq));
  const fresh = page.entries.filter(({ seq }) => !known.has(seq));
  const entries = [...(before?.entries ?? []), ...fresh].sort((a, b) => a.seq - b.seq);
  const transcripts = new Map(state.transcripts).set(caseId, {
    entries,
    undelivered: page.undelivered,
    mode: page.mode,
    file: page.file,
    closed: null,
  });
  const arrived =
    before === undefined ? [] : fresh.filter(({ from }) => from === "counsellor").map(({ text }) => text);
  const pending = state.pending.filter((say) => {
    const at = say.caseId === caseId ? arrived.indexOf(say.text) : -1;
    if (at < 0) return true;
    arrived.splice(at, 1);
    return false;
  });
  const writing = new Set(state.writing);
  if (fresh.some(({ from }) => from === "person")) writing.delete(caseId);
  return { ...state, transcripts, pending, writing };
}

export function lastSeqOf(state: DeskState, caseId: string): number {
  return state.transcripts.get(caseId)?.entries.at(-1)?.seq ?? 0;
}

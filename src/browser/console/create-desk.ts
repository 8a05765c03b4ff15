import type {
  ActRequest,
  ConsoleEvent,
  Me,
  QueueAnswer,
  ReadingReason,
  TranscriptAnswer,
} from "../../wire/console.ts";
import { randomId } from "../kit/random-id.ts";
import { splitText } from "../kit/split-text.ts";
import type { Watchable } from "../kit/use-store.ts";
import type { Alarm } from "./alarm.ts";
import { type Answer, callServer } from "./call-server.ts";
import {
  type DeskState,
  EMPTY_DESK,
  isOwn,
  lastSeqOf,
  mergeEntries,
  ownCases,
  waitingCases,
} from "./desk-state.ts";
import { type FileStepUnderWay, foreseeFile } from "./foresee-file.ts";
import type { KeptWords } from "./kept-words.ts";
import { isPressing } from "./name-case.ts";
import { noticeOf } from "./notice-of.ts";
import { postAct } from "./post-act.ts";
import { createSayQueue } from "./say-queue.ts";
import { createSeenTeller } from "./tell-seen.ts";
import { createWakeLine } from "./wake-line.ts";

export type TransferStep = Extract<ActRequest["act"], { kind: "offer" | "withdraw" | "accept" | "decline" }>;

export type SuperviseStep = Extract<ActRequest["act"], { kind: "assign" | "put-back" }>;

export type CaseStep = Extract<ActRequest["act"], { kind: "claim" | "release" | "resolve" }>;

export type FileStep = Extract<
  ActRequest["act"],
  { kind: "note" | "tag" | "tick" | "plan" | "mark" | "whisper" }
>;

export interface Desk extends Watchable<DeskState> {
  start(): Promise<void>;
  /** The code of what went wrong, or null when signed in. */
  signIn(path: "/sign-in" | "/setup" | "/join" | "/password", body: object): Promise<string | null>;
  signOut(): Promise<void>;
  /** What is known of the own account has changed. */
  refreshMe(): Promise<void>;
  choose(caseId: string | null): void;
  claim(caseId: string): Promise<void>;
  claimNext(): Promise<void>;
  finish(caseId: string, step: Exclude<CaseStep, { kind: "claim" }>): Promise<void>;
  /** Says that the trial of the alarm was heard. */
  hearDrill(id: string): Promise<void>;
  /** Writes in the case's file; true once it is kept. The person hears nothing of it. */
  write(caseId: string, step: FileStep): Promise<boolean>;
  /** A supervisor reads a case that a colleague holds. */
  readOver(caseId: string, reason: ReadingReason): void;
  /** A supervisor takes such a case, gives it to a colleague, or puts it back. */
  supervise(caseId: string, act: SuperviseStep): Promise<void>;
  /** Offers a case, takes an offer back, or answers one. */
  transfer(caseId: string, act: TransferStep): Promise<void>;
  say(caseId: string, text: string): void;
  drop(actId: string): void;
  typing(caseId: string): void;
  dismissNotice(): void;
}

const POLL_MS = 15_000;
const WRITING_MS = 6000;
const TYPING_EVERY_MS = 3000;
const PAGE_LIMIT = 50;

/** Everything the console knows and does. What it shows comes from the server by number; the socket only wakes it. */
export function createDesk(deps: { readonly kept: KeptWords; readonly alarm: Alarm }): Desk {
  const listeners = new Set<() => void>();
  const writingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  const reading = new Map<string, Promise<void>>();
  /** Why a supervisor reads a colleague's case, while it is on the screen. */
  const readingFor = new Map<string, ReadingReason>();
  let state: DeskState = { ...EMPTY_DESK, pending: deps.kept.pending() };
  let poll: ReturnType<typeof setInterval> | undefined;
  let toldTypingAt = 0;
  let fileSteps: readonly FileStepUnderWay[] = [];

  const set = (change: Partial<DeskState>) => {
    const before = state.pending;
    state = { ...state, ...change };
    if (state.pending !== before) deps.kept.keepPending(state.pending);
    for (const listener of listeners) listener();
  };

  const line = createWakeLine({
    onEvent: wake,
    onOpen: () => void refresh(),
    onLost: () => {
      set({ isOnline: false });
      // A refused handshake looks like a lost line; asking says which it was.
      void fetchQueue();
    },
  });

  const tellSeen = createSeenTeller({ state: () => state, send: (frame) => line.send(frame) });

  const says = createSayQueue({
    pending: () => state.pending,
    onFate: (actId, fate) =>
      set({ pending: state.pending.map((say) => (say.actId === actId ? { ...say, fate } : say)) }),
    async onDone(say) {
      await read(say.caseId);
      drop(say.actId);
    },
    onSignedOut: leave,
  });

  function wake(event: ConsoleEvent): void {
    if (event.t === "queue") return void fetchQueue();
    const found = state.cases.find(({ conversationId }) => conversationId === event.conversationId);
    if (found === undefined) return;
    if (event.t === "transcript" && isFollowed(found.id)) void read(found.id);
    if (event.t === "person-typing") showWriting(found.id);
  }

  const isFollowed = (caseId: string) => caseId === state.chosen || isOwn(state, caseId);

  function showWriting(caseId: string): void {
    set({ writing: new Set(state.writing).add(caseId) });
    clearTimeout(writingTimers.get(caseId));
    const still = () => set({ writing: new Set([...state.writing].filter((each) => each !== caseId)) });
    writingTimers.set(caseId, setTimeout(still, WRITING_MS));
  }

  async function refresh(): Promise<void> {
    await fetchQueue();
    for (const { id } of state.cases) if (isFollowed(id)) void read(id);
    says.flush();
  }

  async function fetchQueue(): Promise<void> {
    const answer = await callServer<QueueAnswer>("GET", "/queue");
    if (refusedEntry(answer)) return;
    if (answer.kind !== "ok") return set({ isOnline: false });
    const { now, cases, incidents, capacity, drill } = answer.value;
    set({ cases, incidents, capacity, drill, clockLeadMs: now - Date.now(), isOnline: true });
    deps.alarm.watch(cases, drill);
    for (const { id } of ownCases(state)) if (!state.transcripts.has(id)) void read(id);
  }

  /** Fetches what a case has beyond what the page has. One at a time per case; a call meanwhile asks once more. */
  function read(caseId: string): Promise<void> {
    const before = reading.get(caseId) ?? Promise.resolve();
    const after = before.then(() => readOnce(caseId));
    reading.set(caseId, after);
    return after;
  }

  async function readOnce(caseId: string): Promise<void> {
    for (let page = 0; page < PAGE_LIMIT; page++) {
      const reason = readingFor.get(caseId);
      const why = reason === undefined || isOwn(state, caseId) ? "" : `&reason=${reason}`;
      const path = `/cases/${caseId}/transcript?after=${lastSeqOf(state, caseId)}${why}`;
      const answer = await callServer<TranscriptAnswer>("GET", path);
      if (refusedEntry(answer)) return;
      if (answer.kind === "problem") return close(caseId, answer.status === 403 ? "notYours" : "gone");
      if (answer.kind !== "ok") return set({ isOnline: false });
      const file = foreseeFile(answer.value.file, caseId, fileSteps);
      state = mergeEntries(state, caseId, { ...answer.value, file });
      if (caseId === state.chosen)
        state = { ...state, seen: new Map(state.seen).set(caseId, lastSeqOf(state, caseId)) };
      deps.kept.keepPending(state.pending);
      set({});
      if (caseId === state.chosen) tellSeen();
      if (answer.value.entries.length === 0 || lastSeqOf(state, caseId) >= answer.value.lastSeq) return;
    }
  }

  function close(caseId: string, closed: "notYours" | "gone"): void {
    const open = state.transcripts.get(caseId);
    // What may no longer be read is not kept on the screen either.
    set({
      transcripts: new Map(state.transcripts).set(caseId, {
        entries: [],
        undelivered: [],
        mode: open?.mode ?? "bot",
        file: null,
        closed,
      }),
    });
  }

  function refusedEntry(answer: Answer<unknown>): boolean {
    const isOut = answer.kind === "problem" && answer.status === 401;
    if (isOut) leave();
    return isOut;
  }

  function leave(): void {
    line.stop();
    clearInterval(poll);
    deps.alarm.stop();
    set({ ...EMPTY_DESK, phase: "signed-out", pending: state.pending });
  }

  function enter(me: Me): void {
    set({ me, phase: "signed-in" });
    // An editor has no desk: no case is shown to them, and they do not count as somebody who is there.
    if (me.role === "editor" || me.mustSetSecondFactor) return;
    line.start();
    clearInterval(poll);
    // The socket wakes us; this finds whoever it may have missed.
    poll = setInterval(() => void fetchQueue(), POLL_MS);
    void refresh();
  }

  async function act(caseId: string, wanted: CaseStep | TransferStep | SuperviseStep): Promise<void> {
    set({ isBusy: true, notice: null });
    const { kind } = wanted;
    const answer = await postAct(caseId, wanted);
    set({ isBusy: false });
    if (refusedEntry(answer)) return;
    if (answer.kind === "unreachable") return set({ notice: "failed" });
    if (answer.kind === "problem") set({ notice: noticeOf(answer.body) });
    else if (kind === "claim" || kind === "accept") choose(caseId);
    else if (wanted.kind === "assign" && wanted.to === state.me?.id) choose(caseId);
    else if (kind === "release" || kind === "resolve") {
      deps.kept.keepDraft(caseId, "");
      const ended = state.cases.find(({ id }) => id === caseId);
      if (ended !== undefined && isPressing(ended)) set({ hardCaseAt: Date.now() });
      if (state.chosen === caseId) choose(null);
    }
    await fetchQueue();
  }

  async function hearDrill(id: string): Promise<void> {
    const answer = await callServer("POST", `/drills/${encodeURIComponent(id)}/heard`);
    if (refusedEntry(answer)) return;
    if (answer.kind === "unreachable") set({ notice: "failed" });
    await fetchQueue();
  }

  async function write(caseId: string, wanted: FileStep): Promise<boolean> {
    const own = { caseId, step: wanted, byName: state.me?.name ?? null };
    fileSteps = [...fileSteps, own];
    const open = state.transcripts.get(caseId);
    const transcripts = new Map(state.transcripts);
    if (open !== undefined && open.file !== null)
      transcripts.set(caseId, { ...open, file: foreseeFile(open.file, caseId, fileSteps) });
    set({ notice: null, transcripts });
    const answer = await postAct(caseId, wanted);
    const forget = () => (fileSteps = fileSteps.filter((each) => each !== own));
    if (answer.kind !== "ok") forget();
    if (refusedEntry(answer)) return false;
    // Also when it was refused: then this takes back what was foreseen.
    if (isFollowed(caseId)) await read(caseId);
    forget();
    if (answer.kind === "ok") return true;
    set({ notice: answer.kind === "problem" ? noticeOf(answer.body) : "failed" });
    return false;
  }

  function choose(caseId: string | null): void {
    const seen = caseId === null ? state.seen : new Map(state.seen).set(caseId, lastSeqOf(state, caseId));
    // A case only read, not taken, is let go of: coming back to it is a new reading, and is recorded as one.
    const transcripts = new Map([...state.transcripts].filter(([id]) => isOwn(state, id) || id === caseId));
    for (const id of [...readingFor.keys()]) if (id !== caseId) readingFor.delete(id);
    set({ chosen: caseId, notice: null, seen, transcripts });
    if (caseId !== null) void read(caseId);
  }

  function drop(actId: string): void {
    set({ pending: state.pending.filter((say) => say.actId !== actId) });
  }

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async start() {
      const answer = await callServer<Me>("GET", "/me");
      if (answer.kind === "ok") return enter(answer.value);
      set({ phase: "signed-out", isOnline: answer.kind !== "unreachable" });
    },
    async signIn(path, body) {
      const answer = await callServer<Me>("POST", path, body);
      if (answer.kind !== "ok") return answer.kind === "problem" ? answer.code : "UNREACHABLE";
      enter(answer.value);
      return null;
    },
    async signOut() {
      let answer = await callServer("POST", "/sign-out");
      if (answer.kind === "unreachable") answer = await callServer("POST", "/sign-out");
      // Shown as signed out while the cookie still opens the desk, a shared computer would be left open.
      if (answer.kind === "ok" || (answer.kind === "problem" && answer.status === 401)) return leave();
      set({ notice: "stillSignedIn" });
    },
    async refreshMe() {
      const answer = await callServer<Me>("GET", "/me");
      if (answer.kind !== "ok") return;
      const wasShutOut = state.me?.mustSetSecondFactor === true;
      if (wasShutOut && !answer.value.mustSetSecondFactor) enter(answer.value);
      else set({ me: answer.value });
    },
    choose,
    claim: (caseId) => act(caseId, { kind: "claim" }),
    async claimNext() {
      await fetchQueue();
      const [next] = waitingCases(state);
      if (next !== undefined) await act(next.id, { kind: "claim" });
    },
    finish: (caseId, step) => act(caseId, step),
    write,
    hearDrill,
    transfer: (caseId, step) => act(caseId, step),
    readOver(caseId, reason) {
      readingFor.set(caseId, reason);
      choose(caseId);
    },
    supervise: (caseId, step) => act(caseId, step),
    say(caseId, text) {
      const fresh = splitText(text).map((part) => ({
        actId: randomId(12),
        caseId,
        text: part,
        fate: "sending" as const,
      }));
      set({ pending: [...state.pending, ...fresh] });
      says.flush();
    },
    drop,
    typing(caseId) {
      const found = state.cases.find(({ id }) => id === caseId);
      if (found === undefined || Date.now() - toldTypingAt < TYPING_EVERY_MS) return;
      toldTypingAt = Date.now();
      line.send({ t: "typing", conversationId: found.conversationId });
    },
    dismissNotice: () => set({ notice: null }),
  };
}

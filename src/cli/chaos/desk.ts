import { randomBytes } from "node:crypto";
import {
  type ActRequest,
  type CaseSummary,
  CONSOLE_HEADER,
  QueueAnswer,
  TranscriptAnswer,
} from "../../wire/console.ts";
import { InvitationAnswer } from "../../wire/team.ts";
import type { ActRecord, CounsellorRecord, DeskRecord } from "./records.ts";

const ANSWER_WITHIN_MS = 4000;
const AGAIN_AFTER_MS = 200;
export const PASSWORD = "bốn từ dễ nhớ ghép lại";

/** One counsellor's console: signs in, reads the queue, acts. What gets no answer is sent again with the same id. */
export interface Desk {
  readonly record: CounsellorRecord;
  queue(): Promise<readonly CaseSummary[]>;
  /** Resolves "unknown" when `isOver` before any answer came. */
  act(caseId: string, act: ActRequest["act"], isOver: () => boolean): Promise<ActRecord["result"]>;
  addColleague(name: string): Promise<void>;
  /** The queue with the whole talk of every case in it. */
  survey(): Promise<DeskRecord>;
}

export type Entrance = { readonly setupToken: string } | { readonly signIn: true };

export async function openDesk(name: string, entrance: Entrance, pickServer: () => string): Promise<Desk> {
  let cookie = "";
  const record: CounsellorRecord = { name, acts: [] };

  async function call(
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown; cookie: string }> {
    const response = await fetch(`${pickServer()}/console/api${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { cookie, [CONSOLE_HEADER]: "1", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const json: unknown = await response.json();
    return {
      status: response.status,
      json,
      cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "",
    };
  }

  const identity = { name, password: PASSWORD };
  const entered =
    "setupToken" in entrance
      ? await call("/setup", { token: entrance.setupToken, ...identity })
      : await call("/sign-in", identity);
  if (entered.status !== 200) throw new Error(`${name} cannot sign in: ${entered.status}`);
  ({ cookie } = entered);

  async function queue(): Promise<readonly CaseSummary[]> {
    const { status, json } = await call("/queue");
    if (status !== 200) throw new Error(`the queue answered ${status}`);
    return QueueAnswer.parse(json).cases;
  }

  async function talkOf(caseId: string): Promise<string[]> {
    const texts: string[] = [];
    for (let after = 0; ; ) {
      const { status, json } = await call(`/cases/${caseId}/transcript?after=${after}&reason=quality`);
      if (status !== 200) throw new Error(`the talk of a case answered ${status}`);
      const { entries, lastSeq } = TranscriptAnswer.parse(json);
      texts.push(...entries.map(({ text }) => text));
      after = entries.at(-1)?.seq ?? lastSeq;
      if (after >= lastSeq) return texts;
    }
  }

  return {
    record,
    queue,
    async act(caseId, act, isOver) {
      const entry: ActRecord = {
        caseId,
        act,
        startedAt: Date.now(),
        endedAt: 0,
        tries: 0,
        result: "unknown",
      };
      record.acts.push(entry);
      const actId = randomBytes(12).toString("base64url");
      while (!isOver()) {
        entry.tries++;
        const answer = await call(`/cases/${caseId}/act`, { actId, act }).catch(() => null);
        entry.endedAt = Date.now();
        if (answer?.status === 200) entry.result = "done";
        // After a lost answer "not yours" may mean that it was done the first time.
        if (answer?.status === 409)
          entry.result = entry.tries > 1 && act.kind !== "say" ? "unknown" : "refused";
        if (answer?.status === 200 || answer?.status === 409) break;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
      return entry.result;
    },
    async addColleague(colleague) {
      const { json } = await call("/invitations", { role: "counsellor" });
      const { token } = InvitationAnswer.parse(json);
      const { status } = await call("/join", { token, name: colleague, password: PASSWORD });
      if (status !== 200) throw new Error(`${colleague} could not be added: ${status}`);
    },
    async survey() {
      const cases = await queue();
      const talks = new Map<string, string[]>();
      for (const { id } of cases) talks.set(id, await talkOf(id));
      return { cases, talks };
    },
  };
}

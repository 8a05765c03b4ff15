import type { ActAnswer } from "../../wire/console.ts";
import { backoffMs } from "../kit/backoff.ts";
import { callServer } from "./call-server.ts";
import type { PendingSay } from "./desk-state.ts";

interface SayRules {
  readonly pending: () => readonly PendingSay[];
  readonly onFate: (actId: string, fate: PendingSay["fate"]) => void;
  /** Durable on the server; resolves when the page has fetched it. */
  readonly onDone: (say: PendingSay) => Promise<void>;
  readonly onSignedOut: () => void;
}

/** Sends answers one after the other within a case, again with the same id until the server has spoken. */
export function createSayQueue(rules: SayRules) {
  const busy = new Set<string>();

  async function work(caseId: string): Promise<void> {
    if (busy.has(caseId)) return;
    busy.add(caseId);
    let attempt = 0;
    try {
      for (let say = next(caseId); say !== undefined; say = next(caseId)) {
        const again = await send(say);
        attempt = again ? attempt + 1 : 0;
        if (again) await pause(backoffMs(attempt));
      }
    } finally {
      busy.delete(caseId);
    }
  }

  const next = (caseId: string) =>
    rules.pending().find((say) => say.caseId === caseId && say.fate !== "refused");

  /** True when it has to be sent again. */
  async function send(say: PendingSay): Promise<boolean> {
    const { actId, caseId, text } = say;
    const answer = await callServer<ActAnswer>("POST", `/cases/${caseId}/act`, {
      actId,
      act: { kind: "say", text },
    });
    if (answer.kind === "ok") {
      await rules.onDone(say);
      return false;
    }
    if (answer.kind === "problem" && answer.status === 401) rules.onSignedOut();
    const isRefused = answer.kind === "problem" && answer.status !== 401 && answer.status !== 429;
    rules.onFate(actId, isRefused ? "refused" : "retrying");
    return !isRefused;
  }

  return {
    /** Sends whatever waits, in every case. */
    flush(): void {
      for (const caseId of new Set(rules.pending().map((say) => say.caseId))) void work(caseId);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

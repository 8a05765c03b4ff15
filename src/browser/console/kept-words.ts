import type { Keep } from "../kit/keep.ts";
import type { PendingSay } from "./desk-state.ts";

/** Drafts and unconfirmed answers live as long as the tab: a reload or a lost session costs no word. */
export interface KeptWords {
  draftOf(caseId: string): string;
  keepDraft(caseId: string, text: string): void;
  pending(): PendingSay[];
  keepPending(pending: readonly PendingSay[]): void;
}

export function createKeptWords(keep: Keep): KeptWords {
  return {
    draftOf: (caseId) => keep.read(`draft.${caseId}`) ?? "",
    keepDraft(caseId, text) {
      if (text === "") keep.remove(`draft.${caseId}`);
      else keep.write(`draft.${caseId}`, text);
    },
    pending() {
      try {
        const kept: unknown = JSON.parse(keep.read("pending") ?? "[]");
        return Array.isArray(kept) ? kept.filter(isPending) : [];
      } catch {
        return [];
      }
    },
    keepPending(pending) {
      if (pending.length === 0) keep.remove("pending");
      else keep.write("pending", JSON.stringify(pending));
    },
  };
}

function isPending(value: unknown): value is PendingSay {
  return (
    typeof value === "object" &&
    value !== null &&
    "actId" in value &&
    "caseId" in value &&
    "text" in value &&
    "fate" in value
  );
}

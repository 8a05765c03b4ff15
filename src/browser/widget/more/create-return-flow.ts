import type { ReturnAnswer, ReturnRequest } from "../../../wire/chat.ts";

export type ReturnTrouble =
  | { readonly kind: "unknown" | "not-words" | "nothing-to-keep" | "failed" }
  | { readonly kind: "wait"; readonly seconds: number };

export interface ReturnState {
  readonly step:
    | { readonly kind: "start" }
    | { readonly kind: "shown"; readonly words: readonly string[]; readonly proof: string }
    | { readonly kind: "kept"; readonly until: number };
  readonly isBusy: boolean;
  readonly trouble: ReturnTrouble | null;
}

/** The way from "save a code" to "I have written it down", and from a code to its talk. Nothing of it is kept here. */
export interface ReturnFlow {
  readonly state: ReturnState;
  offer(): void;
  keep(): void;
  enter(words: string): void;
}

const PATH = "/chat/return";

export function createReturnFlow(deps: {
  readonly key: () => string | null;
  readonly onChange: () => void;
  readonly onFound: (key: string) => void;
}): ReturnFlow {
  let state: ReturnState = { step: { kind: "start" }, isBusy: false, trouble: null };

  function change(to: Partial<ReturnState>): void {
    state = { ...state, ...to };
    deps.onChange();
  }

  async function ask(request: ReturnRequest): Promise<void> {
    if (state.isBusy) return;
    change({ isBusy: true, trouble: null });
    try {
      const response = await fetch(PATH, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
        credentials: "omit",
        cache: "no-store",
      });
      if (!response.ok) throw new Error(`${response.status}`);
      // Our own server, over our own origin: the shape is the contract of src/wire.
      take((await response.json()) as ReturnAnswer);
    } catch {
      change({ isBusy: false, trouble: { kind: "failed" } });
    }
  }

  function take(answer: ReturnAnswer): void {
    const done = { isBusy: false, trouble: null };
    switch (answer.kind) {
      case "offered":
        return change({ ...done, step: { kind: "shown", words: answer.words, proof: answer.proof } });
      case "kept":
        return change({ ...done, step: { kind: "kept", until: answer.until } });
      case "found":
        change({ ...done, step: { kind: "start" } });
        return deps.onFound(answer.key);
      case "refused":
        return change({ isBusy: false, trouble: { kind: answer.reason } });
      case "wait":
      default:
        return change({ isBusy: false, trouble: { kind: "wait", seconds: answer.seconds } });
    }
  }

  return {
    get state() {
      return state;
    },
    offer() {
      const key = deps.key();
      if (key !== null) void ask({ act: "offer", key });
    },
    keep() {
      const key = deps.key();
      const { step } = state;
      if (key === null || step.kind !== "shown") return;
      void ask({ act: "keep", key, words: step.words.join(" "), proof: step.proof });
    },
    enter: (words) => void ask({ act: "enter", words }),
  };
}

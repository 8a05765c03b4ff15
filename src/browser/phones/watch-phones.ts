import type { PhoneAct, PhoneName, PhonesAnswer } from "../../wire/phones.ts";
import type { Watchable } from "../kit/use-store.ts";

const LOOK_EVERY_MS = 400;

export interface PhonesState {
  /** Null before the first answer. */
  readonly phones: PhonesAnswer | null;
  readonly hasEnded: boolean;
}

export interface Phones extends Watchable<PhonesState> {
  act(name: PhoneName, act: PhoneAct): Promise<void>;
}

/** What both phones show, asked for again and again. */
export function watchPhones(): Phones {
  const listeners = new Set<() => void>();
  let state: PhonesState = { phones: null, hasEnded: false };
  let seen = "";

  async function look(): Promise<void> {
    const text = await fetch("/phones")
      .then((response) => (response.ok ? response.text() : ""))
      .catch(() => "");
    if (text === seen) return;
    seen = text;
    state =
      text === ""
        ? { ...state, hasEnded: true }
        : { phones: JSON.parse(text) as PhonesAnswer, hasEnded: false };
    for (const listener of listeners) listener();
  }

  void look();
  setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async act(name, act) {
      const headers = { "content-type": "application/json" };
      await fetch(`/phones/${name}`, { method: "POST", headers, body: JSON.stringify(act) }).catch(() => {});
      await look();
    },
  };
}

import type { Watchable } from "../kit/use-store.ts";
import type * as Everything from "./more/more.ts";

export type More = typeof Everything;

/**
 * The second file of the page: English, the numbers besides the first, the way round blocked sockets, the code to come
 * back. It is asked for as soon as the page stands, so that it is at hand when the network goes.
 */
export interface MoreToCome extends Watchable<More | null> {
  /** Null when it cannot be had now. */
  load(): Promise<More | null>;
}

export function createMoreToCome(): MoreToCome {
  const listeners = new Set<() => void>();
  let state: More | null = null;
  let loading: Promise<More | null> | null = null;
  let tries = 0;

  async function fetchIt(): Promise<More | null> {
    try {
      // A browser may remember for ever that an address failed: each try has one of its own.
      const address = tries++ === 0 ? "/more.js" : `/more.js?${tries}`;
      state = (await import(address)) as More;
      for (const listener of listeners) listener();
    } catch {
      loading = null;
    }
    return state;
  }

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: () => (loading ??= fetchIt()),
  };
}

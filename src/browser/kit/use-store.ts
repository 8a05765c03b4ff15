import { useEffect, useState } from "preact/hooks";

export interface Watchable<T> {
  readonly state: T;
  subscribe(listener: () => void): () => void;
}

/** The state of a store, drawn again whenever it changes. */
export function useStore<T>(store: Watchable<T>): T {
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((count) => count + 1)), [store]);
  return store.state;
}

const KNOWN = 100_000;

/** Remembers which cases were found closed, so that looking for strays reads each of them once: none opens again. */
export interface ClosedCases {
  /** Those among `ids` that are not known to be closed. */
  unknown(ids: readonly string[]): string[];
  add(id: string): void;
}

export function createClosedCases(): ClosedCases {
  const known = new Set<string>();
  return {
    unknown: (ids) => ids.filter((id) => !known.has(id)),
    add(id) {
      if (known.size >= KNOWN) known.clear();
      known.add(id);
    },
  };
}

/** How the rows of a store are sealed: what the change of a key still has to do. */
export interface Sealing {
  /** Rows that name the current key. */
  readonly current: number;
  /** Rows that only an older key opens. */
  readonly older: number;
  /** Rows that no key opens. */
  readonly unreadable: number;
}

/** A store while its keys are looked after; servers may use it meanwhile. */
export interface SealedStore {
  /** Who uses the store at this moment ("process 4711", "2 servers"), or null. */
  usedBy(): Promise<string | null>;
  /** Reads every row. */
  sealing(): Promise<Sealing>;
  /** Seals with the current key what an older one opens; what somebody changes meanwhile is left as they wrote it. */
  reseal(): Promise<Sealing>;
  close(): Promise<void>;
}

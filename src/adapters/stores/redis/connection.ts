export type Arg = string | Buffer;

/** The little we need of a Redis client, so that one machine, Sentinel and Cluster look the same to the store. */
export interface Connection {
  /** `key` says which slot, hence which server. Bulk strings come back as bytes. Rejects at once when offline. */
  send(key: string, args: readonly Arg[]): Promise<unknown>;
  /**
   * Resolves when everything written to the server of `key` until now is on as many replicas as the address asks for;
   * rejects when it is not in time. At once where it asks for none.
   */
  copied(key: string): Promise<void>;
  /** Sharded subscriptions; they come back by themselves after a lost connection. */
  subscribe(channels: readonly string[], listener: (message: string, channel: string) => void): Promise<void>;
  /**
   * Told when a call got no answer, and how long there has been none at all. A server that takes bytes and never
   * answers is left for a new connection; a failover is given the time it needs.
   */
  complain(silentForMs: number): void;
  close(): void;
}

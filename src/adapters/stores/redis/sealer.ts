/** Encrypts what goes to Redis and opens what comes back; `boundTo` names the row, so that rows cannot be swapped. */
export interface Sealer {
  seal(value: unknown, boundTo: string): Buffer;
  /** Throws when the bytes were changed or sealed for another row or key. */
  open(bytes: Uint8Array, boundTo: string): unknown;
  /** Whether the bytes name the key that is sealed with now. */
  isCurrent(bytes: Uint8Array): boolean;
}

/**
 * How long Zalo lets an account answer: free for 48 hours after the person's last words, at a price until 7 days, then not
 * at all until they write again. (Zalo's terms of January 2026; not tried with the real service.)
 */
export type ReplyWindow =
  | { readonly kind: "free" | "billed"; readonly leftMs: number }
  | { readonly kind: "shut"; readonly leftMs: 0 };

const HOUR_MS = 3600 * 1000;
const FREE_MS = 48 * HOUR_MS;
const OPEN_MS = 7 * 24 * HOUR_MS;

/** `leftMs`: until the present window ends. */
export function replyWindow(lastHeardAt: number, now: number): ReplyWindow {
  const past = now - lastHeardAt;
  if (past < FREE_MS) return { kind: "free", leftMs: FREE_MS - past };
  if (past < OPEN_MS) return { kind: "billed", leftMs: OPEN_MS - past };
  return { kind: "shut", leftMs: 0 };
}

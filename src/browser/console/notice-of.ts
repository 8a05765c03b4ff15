import type { DeskState } from "./desk-state.ts";

/** What the counsellor is told of a refused act; `body` is the server's answer. */
export function noticeOf(body: unknown): NonNullable<DeskState["notice"]> {
  const reason = typeof body === "object" && body !== null && "reason" in body ? body.reason : null;
  if (reason === "already-claimed") return "alreadyClaimed";
  if (reason === "no-offer") return "noOffer";
  if (reason === "full") return "full";
  return reason === "not-yours" ? "notYours" : "gone";
}

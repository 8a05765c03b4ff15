import { isAtLeast } from "../taxonomy/risk.ts";
import type { Handoff } from "./handoff.ts";

/** For how long a counsellor's silence is borne, in milliseconds: their console says every few seconds that it is there. */
export interface LeaseLimits {
  readonly urgentMs: number;
  readonly otherMs: number;
}

/**
 * True when the counsellor of a live case is gone: their console was last heard of too long ago, at `seenAt` or, where
 * nothing was ever heard, when they took the case (never, where that was lost). A closed laptop must not keep a child waiting.
 */
export function hasLapsed(
  handoff: Handoff,
  heard: { readonly seenAt: number | null; readonly now: number },
  limits: LeaseLimits,
): boolean {
  if (handoff.status !== "live") return false;
  const limit = isAtLeast(handoff.risk.level, "urgent") ? limits.urgentMs : limits.otherMs;
  return heard.now - Math.max(handoff.claimedAt ?? 0, heard.seenAt ?? 0) > limit;
}

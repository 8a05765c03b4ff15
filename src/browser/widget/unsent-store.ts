import type { Keep } from "../kit/keep.ts";
import type { Unsent } from "./chat-state.ts";

const NAME = "unsent";

/** Messages that no server has yet survive a reload of the page. */
export function keepUnsent(keep: Keep, unsent: readonly Unsent[]): void {
  if (unsent.length === 0) keep.remove(NAME);
  else keep.write(NAME, JSON.stringify(unsent));
}

export function readUnsent(keep: Keep): Unsent[] {
  try {
    const kept: unknown = JSON.parse(keep.read(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isUnsent) : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  return typeof value === "object" && value !== null && "id" in value && "text" in value && "fate" in value;
}

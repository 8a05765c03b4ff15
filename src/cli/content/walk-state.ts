import { z } from "zod";
import { ChannelName } from "../../domain/conversation/message.ts";
import { FlowCursor } from "../../domain/dialogue/walk.ts";
import { RiskLevel } from "../../domain/taxonomy/risk.ts";
import { Audience, Locale } from "../../domain/taxonomy/speaker.ts";

/** Where an editor stands in the preview: all of it in the address, so that "back" in the browser works. */
export const WalkState = z.object({
  flow: z.string().catch(""),
  step: z.string().catch(""),
  locale: Locale.catch("vi"),
  audience: Audience.catch("teen"),
  channel: ChannelName.catch("web"),
  level: RiskLevel.catch("none"),
  trail: z.array(FlowCursor).catch([]),
  returns: z.array(FlowCursor).catch([]),
  slots: z.record(z.string(), z.string()).catch({}),
});
export type WalkState = z.infer<typeof WalkState>;

export function readWalkState(query: unknown): WalkState {
  const { at } = (query ?? {}) as { at?: unknown };
  let raw: unknown = {};
  try {
    raw = typeof at === "string" ? JSON.parse(at) : {};
  } catch {
    // A mistyped address begins at the beginning.
  }
  return WalkState.parse(typeof raw === "object" && raw !== null ? raw : {});
}

export function addressOf(state: WalkState): string {
  return `/?at=${encodeURIComponent(JSON.stringify(state))}`;
}

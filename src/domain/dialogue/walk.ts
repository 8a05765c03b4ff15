import { z } from "zod";

/** Where a conversation stands inside a flow: names, never indexes, so that edits do not move people. */
export const FlowCursor = z.strictObject({ flow: z.string(), step: z.string() });
export type FlowCursor = z.infer<typeof FlowCursor>;

/** How a person came to where they stand, and what they answered on the way: names of the content's own, never their words. */
export const Walk = z.strictObject({
  /** The content they were last shown: when a step is gone since, they are told so. */
  contentRevision: z.string(),
  /** Steps that spoke before this one, oldest first: "back" goes through them. */
  trail: z.array(FlowCursor),
  /** Where flows that were called come back to, innermost last. */
  returns: z.array(FlowCursor),
  slots: z.record(z.string(), z.string()),
  /** The step of a guide at which they turned to something else. */
  paused: FlowCursor.nullable(),
});
export type Walk = z.infer<typeof Walk>;

export const NO_WALK: Walk = { contentRevision: "", trail: [], returns: [], slots: {}, paused: null };

// More steps back than anybody remembers; a bound on what is stored.
export const MAX_TRAIL = 12;
export const MAX_CALLS = 4;

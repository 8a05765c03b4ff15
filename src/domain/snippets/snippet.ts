import { z } from "zod";
import { FactId, Voiced } from "../dialogue/flow.ts";
import { Bilingual } from "../taxonomy/speaker.ts";

const Name = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, "lower-case letters, digits and _ only");

/** A sentence that a counsellor puts into the reply box and changes before it is sent. It is never sent by itself. */
export const Snippet = z.strictObject({
  id: Name,
  /** Whom it is meant for; everyone where it is left out. */
  for: z.enum(["teen", "parent"]).optional(),
  say: Voiced,
});
export type Snippet = z.infer<typeof Snippet>;

export const SnippetGroup = z.strictObject({
  group: Name,
  title: Bilingual,
  sentences: z.array(Snippet).min(1).max(20),
});
export type SnippetGroup = z.infer<typeof SnippetGroup>;

export const SnippetFile = z.strictObject({
  /** Date of the last human review, YYYY-MM-DD. */
  reviewed: z.iso.date(),
  /** Rows of the facts sheet that the sentences rest on. */
  facts: z.array(FactId).default([]),
  snippets: z.array(SnippetGroup).min(1).max(30),
});
export type SnippetFile = z.infer<typeof SnippetFile>;

import { z } from "zod";
import { RiskCategory, RiskLevel } from "../taxonomy/risk.ts";
import { Bilingual } from "../taxonomy/speaker.ts";

/** The shape of `intents/rules/*.yaml`. What a pattern may hold is told in `pattern.ts` and in `words.yaml`. */

const PatternText = z.string().trim().min(1).max(600);
/** `a | b c | (d|e) f`: one text however long, so that a list reads as a list. */
const WordList = z.string().trim().min(1).max(20_000);
const Name = z.string().regex(/^[a-z][a-z0-9-]*$/, "a name is small letters, figures and hyphens");

const Examples = z.strictObject({
  hits: z.array(z.string().min(1)).min(1),
  misses: z.array(z.string().min(1)).min(1),
});

/** Where a frame must stand, seen from the words a rule matched; `message` is anywhere near in a long text. */
export const FramePlace = z.union([
  z.strictObject({ before: z.number().int().min(0).max(20) }),
  z.strictObject({ after: z.number().int().min(0).max(20) }),
  z.enum(["sentence", "message"]),
]);
export type FramePlace = z.infer<typeof FramePlace>;

/** A way of speaking in which dangerous words mean no danger: denied, asked about, told of a film … */
export const FrameDef = z.strictObject({
  about: z.string().min(1),
  where: FramePlace,
  any: z.array(PatternText).min(1),
  /** Words that show that the person speaks of real life all the same. */
  except: z.array(PatternText).default([]),
  /** With this frame a doubtful verdict of the model counts for nothing. */
  calmsModel: z.boolean().default(false),
  /** Holds for the messages after it too, until they speak of the person's own life: a film is retold over many lines. */
  carries: z.boolean().default(false),
  /** Words that frame only the messages after: "em chơi game với bạn" explains no danger told in the same breath. */
  opens: z.array(PatternText).default([]),
});
export type FrameDef = z.infer<typeof FrameDef>;

/** Fixed phrases whose dangerous words are hidden from every rule. */
export const IdiomDef = z.strictObject({
  about: z.string().min(1),
  any: z.array(PatternText).min(1),
  /** With these words in the message the idiom hides nothing. */
  unless: z.array(PatternText).default([]),
});
export type IdiomDef = z.infer<typeof IdiomDef>;

export const RuleDef = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, "an id is topic.what-was-said")
    .max(80),
  /** `none`: a sign that says little alone and counts together with others over the conversation. */
  level: RiskLevel,
  category: RiskCategory,
  reason: Bilingual,
  any: z.array(PatternText).min(1),
  /** Words near by that cancel this rule. */
  not: z.array(PatternText).default([]),
  /** Frames that cancel this rule. A rule of plan, means or now names few or none. */
  unless: z.array(Name).default([]),
  tags: z.array(Name).default([]),
  examples: Examples,
});
export type RuleDef = z.infer<typeof RuleDef>;

/** Signs that are more together than alone, within a message or over the turns of a conversation. */
export const SumDef = z.strictObject({
  id: z
    .string()
    .regex(/^sum\.[a-z][a-z0-9-]*$/, "an id is sum.what-adds-up")
    .max(80),
  level: RiskLevel,
  category: RiskCategory,
  reason: Bilingual,
  /** Each is met by a signal with that tag, or of that category at concern or above. All must be met. */
  all: z.array(Name.or(RiskCategory)).min(1),
  /** The one of `all` that must be in the newest message; any of them when left out. */
  newest: Name.optional(),
  /** How many different signals must meet `all` together. */
  signals: z.number().int().min(1).max(20).default(1),
});
export type SumDef = z.infer<typeof SumDef>;

export const RuleFile = z.strictObject({
  words: z.record(Name, WordList).default({}),
  idioms: z.array(IdiomDef).default([]),
  frames: z.record(Name, FrameDef).default({}),
  rules: z.array(RuleDef).default([]),
  sums: z.array(SumDef).default([]),
});
export type RuleFile = z.infer<typeof RuleFile>;

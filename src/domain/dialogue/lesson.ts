import { z } from "zod";
import { Bilingual } from "../taxonomy/speaker.ts";
import { FactId, Voiced, VoicedPoints } from "./flow.ts";

const QuizAnswer = z.strictObject({
  vi: z.string().trim().min(1).max(64),
  en: z.string().trim().min(1).max(64),
  right: z.literal(true).optional(),
});

/** One question with two to four answers, one of them right, and why. */
export const QuizQuestion = z.strictObject({
  ask: Voiced,
  answers: z
    .array(QuizAnswer)
    .min(2)
    .max(4)
    .refine((answers) => answers.filter(({ right }) => right).length === 1, "exactly one answer is right"),
  because: Voiced,
});
export type QuizQuestion = z.infer<typeof QuizQuestion>;

export const LessonName = z.string().regex(/^[a-z][a-z0-9_]{1,20}$/, "lower-case letters, digits and _ only");

/** A short lesson with a quiz of five questions. Becomes the flow `lesson_<name>`. */
export const Lesson = z.strictObject({
  lesson: LessonName,
  title: Bilingual,
  /** Date of the last human review, YYYY-MM-DD. */
  reviewed: z.iso.date(),
  facts: z.array(FactId).default([]),
  say: Voiced,
  do: VoicedPoints,
  quiz: z.array(QuizQuestion).length(5),
  /** May name {score}: how many of the five were right. */
  closing: Voiced,
});
export type Lesson = z.infer<typeof Lesson>;

import { z } from "zod";

/** A message of a little while ago, kept with the conversation and gone with it. */
export const RecentMessage = z.strictObject({ text: z.string(), at: z.number().int().nonnegative() });
export type RecentMessage = z.infer<typeof RecentMessage>;

// A film is retold over several messages: that many are asked whether they frame the newest one.
const KEPT = 5;
// Measured on conversations: two more messages find nearly all that any number finds.
const JOINED = 2;
const LONGEST = 300;
// After a longer silence a new message begins something new.
const WITHIN_MS = 30 * 60_000;

/**
 * The newest message with those just before it as one text, or null where it stands alone. People in trouble
 * write "em", "mệt", "hết pin rồi" one after another: each says little, together they say it all (ADR 7).
 */
export function readTogether(recent: readonly RecentMessage[], text: string, now: number): string | null {
  const before = recent.filter(({ at }) => now - at <= WITHIN_MS).slice(-JOINED);
  return before.length === 0 ? null : [...before.map((each) => each.text), text].map(asSentence).join(" ");
}

/** The messages of a little while ago, newest last, that may frame the newest one: a film retold, a game played. */
export function framingTexts(recent: readonly RecentMessage[], now: number): string[] {
  return recent.filter(({ at }) => now - at <= WITHIN_MS).map(({ text }) => text);
}

/** What to keep for the next message. A flood keeps its end: that is where the next message joins on. */
export function remember(recent: readonly RecentMessage[], text: string, now: number): RecentMessage[] {
  const { length } = text;
  return [...recent, { text: text.slice(Math.max(0, length - LONGEST)), at: now }].slice(-KEPT);
}

function asSentence(text: string): string {
  return /[.!?…]\s*$/.test(text) ? text : `${text}.`;
}

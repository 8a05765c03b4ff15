import type { JudgedMessage } from "./judge.ts";
import type { Share } from "./shares.ts";

export interface Slice extends Share {
  readonly macroF1: number;
}

export interface Confusion {
  readonly pair: string;
  readonly times: number;
}

/** One point of the trade between answering strangers' questions and refusing one's own. */
export interface AcceptPoint {
  /** Refused at or above this probability of being out of scope. */
  readonly bar: number;
  readonly acceptedOutside: number;
  readonly refusedInside: number;
}

export interface UnderstandingFigures {
  readonly overall: Slice;
  readonly inScope: Slice;
  readonly byLocale: readonly Slice[];
  readonly byStyle: readonly Slice[];
  readonly byAudience: readonly Slice[];
  readonly byLength: readonly Slice[];
  readonly byIntent: readonly Slice[];
  /** Out-of-scope messages that were answered as something else. */
  readonly acceptedOutside: Share;
  /** Messages in scope that were refused. */
  readonly refusedInside: Share;
  readonly audienceWhereTold: Share;
  readonly locale: Share;
  readonly calibrationError: number;
  readonly curve: readonly AcceptPoint[];
  readonly confusions: readonly Confusion[];
}

export function figuresOfUnderstanding(judged: readonly JudgedMessage[]): UnderstandingFigures {
  const outside = judged.filter(({ message }) => message.intent === "out_of_scope");
  const inside = judged.filter(({ message }) => message.intent !== "out_of_scope");
  const told = judged.filter(({ message }) => message.audience !== "unknown");
  return {
    overall: sliceOf("all", judged),
    inScope: sliceOf("in scope", inside),
    byLocale: slicesBy(judged, ({ message }) => message.locale),
    byStyle: slicesBy(judged, ({ message }) => message.style),
    byAudience: slicesBy(judged, ({ message }) => message.audience),
    byLength: slicesBy(judged, lengthOf),
    byIntent: slicesBy(judged, ({ message }) => message.intent),
    acceptedOutside: shareOf("out of scope, answered", outside, isAnswered),
    refusedInside: shareOf("in scope, refused", inside, (one) => !isAnswered(one)),
    audienceWhereTold: shareOf(
      "audience where told",
      told,
      ({ message, understanding }) => message.audience === understanding.audience,
    ),
    locale: shareOf(
      "language",
      judged,
      ({ message, understanding }) => message.locale === understanding.locale,
    ),
    calibrationError: calibrationError(judged),
    curve: acceptCurve(outside, inside),
    confusions: confusionsOf(judged),
  };
}

export function isRight({ message, understanding }: JudgedMessage): boolean {
  return understanding.intent === message.intent;
}

function isAnswered({ understanding }: JudgedMessage): boolean {
  return understanding.kind === "understood";
}

function shareOf(name: string, of: readonly JudgedMessage[], isHit: (one: JudgedMessage) => boolean): Share {
  return { name, hit: of.filter(isHit).length, of: of.length };
}

function sliceOf(name: string, judged: readonly JudgedMessage[]): Slice {
  return { ...shareOf(name, judged, isRight), macroF1: macroF1(judged) };
}

function macroF1(judged: readonly JudgedMessage[]): number {
  const intents = [...new Set(judged.map(({ message }) => message.intent))];
  const total = intents.reduce((sum, intent) => {
    const hits = judged.filter((one) => one.message.intent === intent && isRight(one)).length;
    const found = judged.filter(({ understanding }) => understanding.intent === intent).length;
    const real = judged.filter(({ message }) => message.intent === intent).length;
    return sum + (2 * hits) / (found + real);
  }, 0);
  return intents.length === 0 ? 0 : total / intents.length;
}

function slicesBy(judged: readonly JudgedMessage[], keyOf: (one: JudgedMessage) => string): Slice[] {
  return [...groupBy(judged, keyOf)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, group]) => sliceOf(name, group));
}

function groupBy<K>(judged: readonly JudgedMessage[], keyOf: (one: JudgedMessage) => K) {
  const groups = new Map<K, JudgedMessage[]>();
  for (const one of judged) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function lengthOf({ message }: JudgedMessage): string {
  const words = message.text.trim().split(/\s+/).length;
  return words <= 4
    ? "01-04 words"
    : words <= 12
      ? "05-12 words"
      : words <= 24
        ? "13-24 words"
        : "25 words and more";
}

/** Mean distance between how sure it says it is and how often it is right, over tenths of confidence. */
function calibrationError(judged: readonly JudgedMessage[]): number {
  const groups = groupBy(judged, ({ understanding }) =>
    Math.min(9, Math.floor(understanding.confidence * 10)),
  );
  let error = 0;
  for (const group of groups.values()) {
    const sure = group.reduce((sum, { understanding }) => sum + understanding.confidence, 0);
    error += Math.abs(sure - group.filter(isRight).length) / judged.length;
  }
  return error;
}

const BARS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** What another bar would let through and turn away, read from the probabilities the gate gave. */
function acceptCurve(outside: readonly JudgedMessage[], inside: readonly JudgedMessage[]): AcceptPoint[] {
  const shareWhere = (of: readonly JudgedMessage[], holds: (chance: number) => boolean) =>
    of.filter((one) => holds(chanceOutside(one))).length / Math.max(1, of.length);
  return BARS.map((bar) => ({
    bar,
    acceptedOutside: shareWhere(outside, (chance) => chance < bar),
    refusedInside: shareWhere(inside, (chance) => chance >= bar),
  }));
}

function chanceOutside({ understanding }: JudgedMessage): number {
  if (understanding.intent === "out_of_scope") return understanding.confidence;
  return understanding.alternatives.find(({ intent }) => intent === "out_of_scope")?.confidence ?? 0;
}

function confusionsOf(judged: readonly JudgedMessage[]): Confusion[] {
  const wrong = judged.filter((one) => !isRight(one));
  return [...groupBy(wrong, ({ message, understanding }) => `${message.intent} → ${understanding.intent}`)]
    .map(([pair, group]) => ({ pair, times: group.length }))
    .sort((a, b) => b.times - a.times)
    .slice(0, 30);
}

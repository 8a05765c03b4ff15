import { wilson } from "../statistics/wilson.ts";

/** Of a week. */
export interface ReviewCounts {
  /** Cases that triage called urgent or worse. */
  readonly caught: number;
  /** Talks altogether, about. */
  readonly talks: number;
  /** Talks of the sample on which it is decided whether a danger was missed. */
  readonly judged: number;
  readonly missed: number;
}

export interface RecallEstimate {
  readonly recall: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Of all people in danger, the share that triage called so. Null while nothing was judged, and with nobody in danger. */
export function estimateRecall({ caught, talks, judged, missed }: ReviewCounts): RecallEstimate | null {
  if (judged === 0 || (caught === 0 && missed === 0)) return null;
  const recallAt = (missRate: number) => caught / Math.max(caught + missRate * talks, Number.MIN_VALUE);
  const { low, high } = wilson(missed, judged);
  return { recall: recallAt(missed / judged), low: recallAt(high), high: recallAt(low) };
}

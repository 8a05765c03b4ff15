import { shuffled } from "../../adapters/nlu/nlpjs/random.ts";

/** What a competent afternoon yields: multinomial logistic regression on single words and pairs, as typed. */
export interface LinearBaseline {
  readonly answer: (text: string) => string;
  readonly trainingMs: number;
  /** Of weights as 32-bit numbers. */
  readonly bytes: number;
}

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

const PASSES = 8;
const RATE = 0.5;
const SHRINK = 1e-6;
// A feature of one line only cannot generalise.
const LEAST_LINES = 2;

export function trainLinearBaseline(lines: readonly LabelledText[]): LinearBaseline {
  const started = Date.now();
  const labels = [...new Set(lines.map(({ label }) => label))];
  const rows = indexFeatures(lines);
  const width = labels.length;
  const weights = new Float32Array(rows.size * width);
  const vectors = lines.map(({ text, label }) => ({
    features: vectorOf(text, rows),
    target: labels.indexOf(label),
  }));
  for (let pass = 0; pass < PASSES; pass++) {
    const rate = RATE / (1 + pass);
    for (const i of shuffled(vectors.length, pass + 1)) {
      const { features, target } = vectors[i] ?? { features: [], target: 0 };
      const chances = softmax(sumsOf(features, weights, width));
      const size = 1 / Math.sqrt(Math.max(1, features.length));
      for (const row of features)
        for (let column = 0; column < width; column++) {
          const at = row * width + column;
          const slope = ((column === target ? 1 : 0) - (chances[column] ?? 0)) * size;
          weights[at] = (weights[at] ?? 0) * (1 - SHRINK) + rate * slope;
        }
    }
  }
  return {
    trainingMs: Date.now() - started,
    bytes: weights.byteLength,
    answer(text) {
      const sums = sumsOf(vectorOf(text, rows), weights, width);
      return labels[sums.indexOf(Math.max(...sums))] ?? "";
    },
  };
}

function featuresOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words, ...words.slice(1).map((word, i) => `${words[i] ?? ""} ${word}`), "^"];
}

function indexFeatures(lines: readonly LabelledText[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of lines)
    for (const feature of new Set(featuresOf(text))) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= LEAST_LINES).map(([feature]) => feature);
  return new Map(kept.map((feature, row) => [feature, row]));
}

function vectorOf(text: string, rows: ReadonlyMap<string, number>): number[] {
  return [...new Set(featuresOf(text))].flatMap((feature) => rows.get(feature) ?? []);
}

function sumsOf(features: readonly number[], weights: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  const size = 1 / Math.sqrt(Math.max(1, features.length));
  for (const row of features)
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] ?? 0) + (weights[row * width + column] ?? 0) * size;
  return sums;
}

function softmax(sums: Float64Array): Float64Array {
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

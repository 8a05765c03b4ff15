/**
 * The update rule of nlp.js's `NeuralNetwork` (one perceptron per label, rate decay, momentum per weight,
 * negatives pushed only while active) on flat arrays. The rows of one feature lie together, so that a message
 * touches a few hundred short rows instead of every perceptron's own array.
 */

export interface Sample {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  readonly target: number;
  readonly weight: number;
}

export interface TrainingPlan {
  readonly rows: number;
  readonly labels: number;
  readonly passes: number;
  readonly seed: number;
  readonly onPass?: (pass: number) => void;
}

export interface Perceptrons {
  readonly labels: number;
  /** Feature-major: weights of feature r are at r * labels. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

// The constants of nlp.js 4.25.
export const ALPHA = 0.07;
const RATE = 0.6;
const DECAY = 0.001;
const MOMENTUM = 0.5;

// A push smaller than this changes no answer and costs as much as a large one.
const NEGLIGIBLE = Number(process.env["NG"] ?? 0.05);

export function trainPerceptrons(samples: readonly Sample[], plan: TrainingPlan): Perceptrons {
  const { labels } = plan;
  const net = { labels, weights: new Float32Array(plan.rows * labels), biases: new Float32Array(labels) };
  const changes = new Float32Array(plan.rows * labels);
  const sums = new Float32Array(labels);
  const pushes: Pushes = { labels: new Int32Array(labels), deltas: new Float32Array(labels), count: 0 };
  const order = shuffled(samples.length, plan.seed);
  for (let pass = 1; pass <= plan.passes; pass++) {
    const rate = RATE / (1 + DECAY * pass);
    for (let i = 0; i < order.length; i++) {
      const sample = samples[order[i] as number];
      if (sample !== undefined) learn(sample, { net, changes, sums, pushes, rate });
    }
    plan.onPass?.(pass);
  }
  return net;
}

interface Learning {
  readonly net: Perceptrons;
  readonly changes: Float32Array;
  readonly sums: Float32Array;
  readonly pushes: Pushes;
  readonly rate: number;
}

function learn(sample: Sample, { net, changes, sums, pushes, rate }: Learning): void {
  addUp(sample, net, sums);
  judge(sample, { sums, pushes, rate });
  push(sample, { net, changes, pushes });
}

interface Pushes {
  readonly labels: Int32Array;
  readonly deltas: Float32Array;
  count: number;
}

/** Which perceptrons are wrong about this sample, and by how much. */
function judge(sample: Sample, { sums, pushes, rate }: { sums: Float32Array; pushes: Pushes; rate: number }): void {
  pushes.count = 0;
  for (let label = 0; label < sums.length; label++) {
    const sum = sums[label] as number;
    if (sum <= 0 && label !== sample.target) continue;
    const actual = sum <= 0 ? 0 : ALPHA * sum;
    const error = (label === sample.target ? 1 : 0) - actual;
    if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
    pushes.labels[pushes.count] = label;
    pushes.deltas[pushes.count] = (actual > 0 ? 1 : ALPHA) * error * rate * sample.weight;
    pushes.count++;
  }
}

function push(sample: Sample, { net, changes, pushes }: { net: Perceptrons; changes: Float32Array; pushes: Pushes }): void {
  const { rows, values } = sample;
  const { weights, biases } = net;
  const { labels, deltas, count } = pushes;
  if (count === 0) return;
  const width = net.labels;
  const size = rows.length;
  for (let k = 0; k < count; k++) {
    const label = labels[k] as number;
    const delta = deltas[k] as number;
    for (let i = 0; i < size; i++) {
      const at = (rows[i] as number) * width + label;
      const change = delta * (values[i] as number) + MOMENTUM * (changes[at] as number);
      changes[at] = change;
      weights[at] = (weights[at] as number) + change;
    }
  }
  for (let k = 0; k < count; k++) biases[labels[k] as number] = (biases[labels[k] as number] as number) + (deltas[k] as number);
}

/** Four rows at a time: the sums are then read and written a quarter as often, which is what this costs. */
export function addUp({ rows, values }: Pick<Sample, "rows" | "values">, net: Perceptrons, sums: Float32Array): void {
  const { weights, labels } = net;
  sums.set(net.biases);
  const whole = rows.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const a = values[i] as number;
    const b = values[i + 1] as number;
    const c = values[i + 2] as number;
    const d = values[i + 3] as number;
    let atA = (rows[i] as number) * labels;
    let atB = (rows[i + 1] as number) * labels;
    let atC = (rows[i + 2] as number) * labels;
    let atD = (rows[i + 3] as number) * labels;
    for (let label = 0; label < labels; label++) {
      sums[label] =
        (sums[label] as number) +
        a * (weights[atA++] as number) +
        b * (weights[atB++] as number) +
        c * (weights[atC++] as number) +
        d * (weights[atD++] as number);
    }
  }
  for (let i = whole; i < rows.length; i++) {
    const value = values[i] as number;
    let at = (rows[i] as number) * labels;
    for (let label = 0; label < labels; label++) sums[label] = (sums[label] as number) + value * (weights[at++] as number);
  }
}

/** A small generator with a seed: the same data always give the same model. */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(length: number, seed: number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  const random = createRandom(seed);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}

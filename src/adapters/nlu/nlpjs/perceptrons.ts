import { shuffled } from "./random.ts";

/**
 * The update rule of nlp.js's `NeuralNetwork` (one perceptron per label, rate decay, momentum per weight,
 * negatives pushed only while active) on flat arrays. The rows of one feature lie together, so that a message
 * touches a few hundred short rows instead of every perceptron's own array.
 */

export interface Vector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

export interface Sample extends Vector {
  /** Columns that should fire, in rising order. */
  readonly targets: readonly number[];
  /** Columns below this are not judged by this sample (a line that has a risk but no intent). */
  readonly from: number;
  readonly weight: number;
}

/** Perceptrons never look at each other, so any range of columns can be trained alone, on another core. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

export interface TrainingPlan {
  readonly rows: number;
  readonly columns: ColumnRange;
  readonly passes: number;
  readonly seed: number;
  readonly onPass?: (pass: number) => void;
}

export interface Perceptrons {
  readonly columns: ColumnRange;
  /** Feature-major: the weights of feature r begin at r × (to − from). */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

// The constants of nlp.js 4.25.
export const ALPHA = 0.07;
const RATE = 0.6;
const DECAY = 0.001;
const MOMENTUM = 0.5;

// A push smaller than this changes no answer and costs as much as a large one.
const NEGLIGIBLE = 0.05;

export function trainPerceptrons(samples: readonly Sample[], plan: TrainingPlan): Perceptrons {
  const { columns } = plan;
  const width = columns.to - columns.from;
  const net = { columns, weights: new Float32Array(plan.rows * width), biases: new Float32Array(width) };
  const learning: Learning = {
    net,
    changes: new Float32Array(plan.rows * width),
    sums: new Float32Array(width),
    wanted: new Uint8Array(width),
    pushes: { columns: new Int32Array(width), deltas: new Float32Array(width), count: 0 },
    rate: RATE,
  };
  const average = new Average(net);
  for (let pass = 1; pass <= plan.passes; pass++) {
    learning.rate = RATE / (1 + DECAY * pass);
    // nlp.js goes through the corpus as it was added, intent by intent, and never learns the first ones.
    const order = shuffled(samples.length, plan.seed + pass);
    for (let i = 0; i < order.length; i++) learn(samples[order[i] as number] as Sample, learning);
    if (pass >= AVERAGED_FROM) average.add(net);
    plan.onPass?.(pass);
  }
  return plan.passes < AVERAGED_FROM ? net : average.read();
}

// Each pass forgets a little of what the last samples did not show; the mean of the later ones is steadier by half a point.
const AVERAGED_FROM = 3;

class Average {
  readonly #net: Perceptrons;
  #count = 0;

  constructor({ columns, weights, biases }: Perceptrons) {
    this.#net = {
      columns,
      weights: new Float32Array(weights.length),
      biases: new Float32Array(biases.length),
    };
  }

  add({ weights, biases }: Perceptrons): void {
    this.#count++;
    addAll(this.#net.weights, weights);
    addAll(this.#net.biases, biases);
  }

  read(): Perceptrons {
    const { columns, weights, biases } = this.#net;
    return {
      columns,
      weights: weights.map((sum) => sum / this.#count),
      biases: biases.map((sum) => sum / this.#count),
    };
  }
}

function addAll(sums: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (values[i] as number);
}

interface Learning {
  readonly net: Perceptrons;
  readonly changes: Float32Array;
  readonly sums: Float32Array;
  readonly wanted: Uint8Array;
  readonly pushes: Pushes;
  rate: number;
}

interface Pushes {
  readonly columns: Int32Array;
  readonly deltas: Float32Array;
  count: number;
}

function learn(sample: Sample, learning: Learning): void {
  addUp(sample, learning.net, learning.sums);
  judge(sample, learning);
  push(sample, learning);
}

/** Which perceptrons are wrong about this sample, and by how much. */
function judge(sample: Sample, { net, sums, wanted, pushes, rate }: Learning): void {
  const { from, to } = net.columns;
  for (const target of sample.targets) if (target >= from && target < to) wanted[target - from] = 1;
  const first = Math.max(0, sample.from - from);
  let count = 0;
  for (let column = first; column < sums.length; column++) {
    const sum = sums[column] as number;
    const target = wanted[column] as number;
    if (sum <= 0 && target === 0) continue;
    const actual = sum <= 0 ? 0 : ALPHA * sum;
    const error = target - actual;
    if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
    pushes.columns[count] = column;
    pushes.deltas[count] = (actual > 0 ? 1 : ALPHA) * error * rate * sample.weight;
    count++;
  }
  pushes.count = count;
  wanted.fill(0);
}

/** Row by row: a row's columns lie side by side in memory, the rows of a line far apart. */
function push({ rows, values }: Sample, { net, changes, pushes }: Learning): void {
  const { weights, biases } = net;
  const width = biases.length;
  const { columns, deltas, count } = pushes;
  if (count === 0) return;
  for (let k = 0; k < count; k++) {
    const column = columns[k] as number;
    biases[column] = (biases[column] as number) + (deltas[k] as number);
  }
  for (let i = 0; i < rows.length; i++) {
    const first = (rows[i] as number) * width;
    const value = values[i] as number;
    for (let k = 0; k < count; k++) {
      const at = first + (columns[k] as number);
      const change = (deltas[k] as number) * value + MOMENTUM * (changes[at] as number);
      changes[at] = change;
      weights[at] = (weights[at] as number) + change;
    }
  }
}

interface Table {
  readonly weights: Float32Array | Int8Array;
  readonly biases: Float32Array;
}

/** Four rows at a time: the sums are then read and written a quarter as often, which is what this costs. */
export function addUp({ rows, values }: Vector, { weights, biases }: Table, sums: Float32Array): void {
  const width = biases.length;
  sums.set(biases);
  const whole = rows.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const a = values[i] as number;
    const b = values[i + 1] as number;
    const c = values[i + 2] as number;
    const d = values[i + 3] as number;
    let atA = (rows[i] as number) * width;
    let atB = (rows[i + 1] as number) * width;
    let atC = (rows[i + 2] as number) * width;
    let atD = (rows[i + 3] as number) * width;
    for (let column = 0; column < width; column++) {
      sums[column] =
        (sums[column] as number) +
        a * (weights[atA++] as number) +
        b * (weights[atB++] as number) +
        c * (weights[atC++] as number) +
        d * (weights[atD++] as number);
    }
  }
  for (let i = whole; i < rows.length; i++) {
    const value = values[i] as number;
    let at = (rows[i] as number) * width;
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] as number) + value * (weights[at++] as number);
  }
}

import type { ColumnRange, Perceptrons, Sample } from "./perceptrons.ts";
import { shuffled } from "./random.ts";

export interface SoftmaxPlan {
  readonly rows: number;
  /** Heads of which exactly one column is right for each sample. */
  readonly heads: readonly ColumnRange[];
  readonly passes: number;
  readonly seed: number;
  readonly onPass?: (pass: number) => void;
}

// Set on lines of writers who wrote nothing else: larger steps forget rare words, smaller ones never learn them.
const STEP = 0.1;
const FIRST_SQUARE = 1e-4;
const BIAS_STEP = 0.01;
/** Sums as large as those of the perceptrons beside them: they share one scale per row in the model file. */
const SCALE = 14;
// A push smaller than this changes no answer; most lines are soon sure to be harmless.
const NEGLIGIBLE = 0.004;
const AVERAGED = 3;

/**
 * Risk is one question with several answers, of which one holds: logistic regression with a step of its own for each
 * weight (AdaGrad). Where danger is told in rare words it finds a tenth more of it than perceptrons do (ADR 9).
 * The heads must lie side by side.
 */
export function trainSoftmax(samples: readonly Sample[], plan: SoftmaxPlan): Perceptrons {
  const columns = { from: plan.heads[0]?.from ?? 0, to: plan.heads.at(-1)?.to ?? 0 };
  const width = columns.to - columns.from;
  const state: State = {
    columns,
    weights: new Float32Array(plan.rows * width),
    squares: new Float32Array(plan.rows * width).fill(FIRST_SQUARE),
    biases: new Float32Array(width),
    sums: new Float32Array(width),
    slopes: new Float32Array(width),
  };
  const mean = new Float32Array(plan.rows * width);
  const averaged = Math.min(AVERAGED, plan.passes);
  for (let pass = 1; pass <= plan.passes; pass++) {
    const order = shuffled(samples.length, plan.seed + pass);
    for (let i = 0; i < order.length; i++) learn(samples[order[i] as number] as Sample, plan.heads, state);
    if (pass > plan.passes - averaged)
      for (let i = 0; i < mean.length; i++)
        mean[i] = (mean[i] as number) + (SCALE / averaged) * (state.weights[i] as number);
    plan.onPass?.(pass);
  }
  return { columns, weights: mean, biases: state.biases.map((bias) => bias * SCALE) };
}

interface State {
  readonly columns: ColumnRange;
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly biases: Float32Array;
  readonly sums: Float32Array;
  readonly slopes: Float32Array;
}

function learn(sample: Sample, heads: readonly ColumnRange[], state: State): void {
  addUp(sample, state);
  for (const head of heads) findSlopes(sample, head, state);
  push(sample, state);
}

function addUp({ rows, values }: Sample, { weights, biases, sums }: State): void {
  const width = sums.length;
  sums.set(biases);
  for (let i = 0; i < rows.length; i++) {
    const value = values[i] as number;
    let at = (rows[i] as number) * width;
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] as number) + value * (weights[at++] as number);
  }
}

/** How far each answer's chance is from what it should be: 1 for the right one, 0 for the others. */
function findSlopes({ targets, weight }: Sample, head: ColumnRange, { columns, sums, slopes }: State): void {
  const [from, to] = [head.from - columns.from, head.to - columns.from];
  const target = targets.find((each) => each >= head.from && each < head.to);
  if (target === undefined) return void slopes.fill(0, from, to);
  let most = Number.NEGATIVE_INFINITY;
  for (let column = from; column < to; column++) most = Math.max(most, sums[column] as number);
  let all = 0;
  for (let column = from; column < to; column++) all += Math.exp((sums[column] as number) - most);
  for (let column = from; column < to; column++) {
    const chance = Math.exp((sums[column] as number) - most) / all;
    slopes[column] = weight * (chance - (column === target - columns.from ? 1 : 0));
  }
}

function push({ rows, values }: Sample, { weights, squares, biases, slopes }: State): void {
  const width = slopes.length;
  for (let column = 0; column < width; column++) {
    const slope = slopes[column] as number;
    if (slope < NEGLIGIBLE && slope > -NEGLIGIBLE) continue;
    biases[column] = (biases[column] as number) - BIAS_STEP * slope;
    for (let i = 0; i < rows.length; i++) {
      const at = (rows[i] as number) * width + column;
      const change = slope * (values[i] as number);
      const square = (squares[at] as number) + change * change;
      squares[at] = square;
      weights[at] = (weights[at] as number) - (STEP * change) / Math.sqrt(square);
    }
  }
}

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
const NEGLIGIBLE = 0.03;
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
    table: newTable(plan.rows * width),
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
        mean[i] = (mean[i] as number) + (SCALE / averaged) * (state.table[2 * i] as number);
    plan.onPass?.(pass);
  }
  return { columns, weights: mean, biases: state.biases.map((bias) => bias * SCALE) };
}

interface State {
  readonly columns: ColumnRange;
  /** Each weight and, beside it, the squares of all it was moved by: both are read together, far from the last ones. */
  readonly table: Float32Array;
  readonly biases: Float32Array;
  readonly sums: Float32Array;
  readonly slopes: Float32Array;
}

function newTable(weights: number): Float32Array {
  const table = new Float32Array(2 * weights);
  for (let at = 1; at < table.length; at += 2) table[at] = FIRST_SQUARE;
  return table;
}

function learn(sample: Sample, heads: readonly ColumnRange[], state: State): void {
  addUp(sample, state);
  for (const head of heads) findSlopes(sample, head, state);
  push(sample, state);
}

function addUp({ rows, values }: Sample, { table, biases, sums }: State): void {
  const width = sums.length;
  sums.set(biases);
  for (let i = 0; i < rows.length; i++) {
    const value = values[i] as number;
    const first = 2 * (rows[i] as number) * width;
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] as number) + value * (table[first + 2 * column] as number);
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

function push({ rows, values }: Sample, { table, biases, slopes }: State): void {
  const width = slopes.length;
  const moved = slopesThatCount(slopes);
  if (moved.length === 0) return;
  for (const column of moved)
    biases[column] = (biases[column] as number) - BIAS_STEP * (slopes[column] as number);
  for (let i = 0; i < rows.length; i++) {
    const first = 2 * (rows[i] as number) * width;
    const value = values[i] as number;
    for (let c = 0; c < moved.length; c++) {
      const column = moved[c] as number;
      const at = first + 2 * column;
      const change = (slopes[column] as number) * value;
      const square = (table[at + 1] as number) + change * change;
      table[at + 1] = square;
      table[at] = (table[at] as number) - (STEP * change) / Math.sqrt(square);
    }
  }
}

function slopesThatCount(slopes: Float32Array): number[] {
  const moved: number[] = [];
  for (let column = 0; column < slopes.length; column++)
    if (Math.abs(slopes[column] as number) >= NEGLIGIBLE) moved.push(column);
  return moved;
}

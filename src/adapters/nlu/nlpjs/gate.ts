/** The out-of-scope gate: a logistic on a few numbers that say how much of the message the model recognises. */

export interface Gate {
  readonly weights: readonly number[];
  /** At or above this probability of being out of scope, nothing is answered. */
  readonly bar: number;
}

export interface GateView {
  /** Sums of the intent columns. */
  readonly sums: ArrayLike<number>;
  readonly outOfScope: number;
  readonly unknown: number;
  readonly words: number;
  /** How much more the risk columns speak of some danger than of none. */
  readonly danger: number;
  /** How much more the group columns speak of something outside than of any group inside. */
  readonly strange: number;
}

const FULL_SUM = 14;

/** The best and second best intent that is in scope. */
export function topTwo({ sums, outOfScope }: Pick<GateView, "sums" | "outOfScope">): {
  best: number;
  first: number;
  second: number;
} {
  let best = -1;
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sums.length; i++) {
    if (i === outOfScope) continue;
    const sum = sums[i] as number;
    if (sum > first) {
      second = first;
      first = sum;
      best = i;
    } else if (sum > second) second = sum;
  }
  return { best, first, second };
}

export function gateInputs(view: GateView): number[] {
  const { first, second } = topTwo(view);
  const outside = (view.sums[view.outOfScope] ?? 0) / FULL_SUM;
  const top = first / FULL_SUM;
  const next = second / FULL_SUM;
  const length = Math.log2(1 + Math.min(view.words, 40)) / 5;
  return [
    1,
    top,
    next,
    outside,
    top - outside,
    Math.max(top, 0) * Math.max(top - next, 0),
    view.unknown,
    length,
    view.unknown * length,
    view.words <= 2 ? 1 : 0,
    view.danger / FULL_SUM,
    view.strange / FULL_SUM,
  ];
}

/** Probability of being out of scope. */
export function passGate(gate: Gate, inputs: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < inputs.length; i++) sum += (gate.weights[i] ?? 0) * (inputs[i] as number);
  return 1 / (1 + Math.exp(-sum));
}

export interface GateExample {
  readonly inputs: readonly number[];
  readonly outside: boolean;
}

const STEPS = 1500;
const RATE = 2;
const SHRINK = 0.0005;

/** Plain gradient descent with both classes weighing the same; a few thousand lines of ten numbers. */
export function fitGate(examples: readonly GateExample[], acceptedOutside: number): Gate {
  const size = examples[0]?.inputs.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  const outside = examples.filter((example) => example.outside).length;
  const weightOf = (example: GateExample) =>
    0.5 / Math.max(1, example.outside ? outside : examples.length - outside);
  for (let step = 0; step < STEPS; step++) {
    const slope = new Array<number>(size).fill(0);
    for (const example of examples) {
      const error =
        ((example.outside ? 1 : 0) - passGate({ weights, bar: 0 }, example.inputs)) * weightOf(example);
      for (let i = 0; i < size; i++) slope[i] = (slope[i] as number) + error * (example.inputs[i] as number);
    }
    for (let i = 0; i < size; i++)
      weights[i] = (weights[i] as number) + RATE * ((slope[i] as number) - SHRINK * (weights[i] as number));
  }
  return { weights, bar: barFor(examples, weights, acceptedOutside) };
}

/** The highest bar that lets through no more than this share of what is out of scope. */
function barFor(examples: readonly GateExample[], weights: readonly number[], accepted: number): number {
  const chances = examples
    .filter((example) => example.outside)
    .map((example) => passGate({ weights, bar: 0 }, example.inputs))
    .sort((a, b) => a - b);
  return chances[Math.floor(chances.length * accepted)] ?? 0.5;
}

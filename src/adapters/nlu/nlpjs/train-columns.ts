import { HEADS } from "./labels.ts";
import {
  type ColumnRange,
  type Perceptrons,
  type Sample,
  trainPerceptrons,
  type TrainingPlan,
} from "./perceptrons.ts";
import { trainSoftmax } from "./softmax.ts";

const rangeOf = ({ from, ids }: { readonly from: number; readonly ids: readonly string[] }): ColumnRange => ({
  from,
  to: from + ids.length,
});

/** One answer of several holds: how great the danger is, and of which kind. */
const RISK_HEADS = [rangeOf(HEADS.level), rangeOf(HEADS.category)] as const;
const RISK: ColumnRange = { from: RISK_HEADS[0].from, to: RISK_HEADS[1].to };

/** Every column of the plan: topics by the perceptrons of nlp.js, risk by logistic regression on the same features. */
export function trainColumns(samples: readonly Sample[], plan: TrainingPlan): Perceptrons {
  const { columns } = plan;
  if (RISK.to <= columns.from || RISK.from >= columns.to) return trainPerceptrons(samples, plan);
  if (RISK.from < columns.from || RISK.to > columns.to)
    throw new Error("a share of training cuts the columns of risk");
  const net = trainPerceptrons(samples, { ...plan, except: RISK });
  const risk = trainSoftmax(samples, {
    rows: plan.rows,
    heads: RISK_HEADS,
    passes: plan.passes,
    seed: plan.seed,
  });
  place(risk, net, plan.rows);
  return net;
}

function place(part: Perceptrons, whole: Perceptrons, rows: number): void {
  const width = whole.columns.to - whole.columns.from;
  const partWidth = part.columns.to - part.columns.from;
  const at = part.columns.from - whole.columns.from;
  for (let row = 0; row < rows; row++) {
    const own = part.weights.subarray(row * partWidth, (row + 1) * partWidth);
    whole.weights.set(own, row * width + at);
  }
  whole.biases.set(part.biases, at);
}

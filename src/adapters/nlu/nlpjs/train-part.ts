import { COLUMNS } from "./labels.ts";
import type { ColumnRange, Perceptrons } from "./perceptrons.ts";
import { prepareSamples, type ReadItem, readItems } from "./prepare-samples.ts";
import { createSafeNlu } from "./safe-nlu.ts";
import type { TrainingItem } from "./training-item.ts";
import { buildVocabulary, Vectoriser, type Vocabulary } from "./vocabulary.ts";

export interface PartTask {
  readonly items: readonly TrainingItem[];
  readonly columns: ColumnRange;
}

/** What one core made: its columns of the model, and what they say of lines they never saw. */
export interface TrainedPart {
  readonly vocabulary: Vocabulary;
  readonly net: Perceptrons;
  readonly held: HeldOut;
}

export interface HeldOut {
  /** Indexes into the items. */
  readonly lines: Int32Array;
  /** Sums of this part's columns, line by line. */
  readonly sums: Float32Array;
  readonly unknown: Float32Array;
  readonly words: Uint16Array;
}

const PASSES = 6;
const HELD_PASSES = 3;
const HELD_EVERY = 6;
const SEED = 20_261_122;

export async function trainPart(
  task: PartTask,
  onStep: (done: number, all: number) => void,
): Promise<TrainedPart> {
  const lines = readItems(task.items);
  const steps = PASSES + HELD_PASSES + 4;
  let done = 0;
  const step = () => onStep(++done, steps);
  step();
  const { vocabulary, net } = await learn(lines, { columns: task.columns, noisy: 1, passes: PASSES, step });
  // The gate and the calibration need answers about unseen lines; the model itself has seen them all.
  // It learns from a third of the lines: the writers of real messages are stranger to the model than its own.
  const seen = lines.filter((_, i) => i % 3 === 0);
  const rehearsal = await learn(seen, { columns: task.columns, noisy: 1, passes: HELD_PASSES, step });
  return { vocabulary, net, held: ask(lines, rehearsal, task.columns) };
}

interface LearnPlan {
  readonly columns: ColumnRange;
  readonly noisy: number;
  readonly passes: number;
  readonly step: () => void;
}

async function learn(
  lines: readonly ReadItem[],
  plan: LearnPlan,
): Promise<{ vocabulary: Vocabulary; net: Perceptrons }> {
  const vocabulary = buildVocabulary(lines.map(({ utterance }) => utterance));
  const samples = prepareSamples(lines, new Vectoriser(vocabulary), { noisy: plan.noisy, seed: SEED });
  plan.step();
  const rows = vocabulary.hashes.length;
  const net = await createSafeNlu().learn(samples, {
    rows,
    columns: plan.columns,
    passes: plan.passes,
    seed: SEED,
    onPass: plan.step,
  });
  return { vocabulary, net };
}

/** Spread evenly over the files, and none that the rehearsal learns from (those are every third). */
function isHeld(index: number): boolean {
  return index % HELD_EVERY === HELD_EVERY - 1;
}

function ask(
  lines: readonly ReadItem[],
  { vocabulary, net }: { vocabulary: Vocabulary; net: Perceptrons },
  columns: ColumnRange,
): HeldOut {
  const held = lines.flatMap(({ item }, i) => (isHeld(i) && item.intent !== null ? [i] : []));
  const width = columns.to - columns.from;
  const vectoriser = new Vectoriser(vocabulary);
  const nlu = createSafeNlu();
  nlu.adopt(net, vectoriser);
  const sums = new Float32Array(held.length * width);
  const unknown = new Float32Array(held.length);
  held.forEach((line, i) => {
    const utterance = lines[line]?.utterance;
    if (utterance === undefined) return;
    const vector = vectoriser.read(utterance);
    unknown[i] = vector.unknown;
    sums.set(nlu.weigh(vector).subarray(0, width), i * width);
  });
  return {
    lines: Int32Array.from(held),
    sums,
    unknown,
    words: Uint16Array.from(held, (line) => lines[line]?.utterance.words.length ?? 0),
  };
}

// The columns of risk cost more than others: the first share takes more intents.
const FIRST_SHARE = 50;

/** Two shares of about equal work. */
export const PARTS: readonly ColumnRange[] = [
  { from: 0, to: FIRST_SHARE },
  { from: FIRST_SHARE, to: COLUMNS },
];

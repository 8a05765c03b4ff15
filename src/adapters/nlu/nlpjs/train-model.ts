import { Worker } from "node:worker_threads";
import { calibrate } from "./calibrate.ts";
import { COLUMNS } from "./labels.ts";
import type { Model } from "./model.ts";
import type { HeldOut, PartTask, TrainedPart } from "./train-part.ts";
import { PARTS } from "./train-part.ts";
import type { WorkerNote } from "./train-worker.ts";
import type { TrainingItem } from "./training-item.ts";

/** Trains one part; in production on a worker thread, in tests in place. */
export type PartTrainer = (
  task: PartTask,
  onStep: (done: number, all: number) => void,
) => Promise<TrainedPart>;

export interface TrainOptions {
  readonly trainPart: PartTrainer;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export async function trainModel(
  items: readonly TrainingItem[],
  { trainPart, onProgress }: TrainOptions,
): Promise<Model> {
  const shares = PARTS.map(() => 0);
  const parts = await Promise.all(
    PARTS.map((columns, i) =>
      trainPart({ items, columns }, (done, all) => {
        shares[i] = done / all;
        onProgress(Math.min(...shares));
      }),
    ),
  );
  const [first] = parts;
  if (first === undefined) throw new Error("there is nothing to train");
  const { gate, sharpness } = calibrate(items, joinHeld(parts));
  return { vocabulary: first.vocabulary, ...quantise(parts), gate, sharpness };
}

export function trainOnThread(
  task: PartTask,
  onStep: (done: number, all: number) => void,
): Promise<TrainedPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./train-worker.js", import.meta.url), { workerData: task });
    worker.on("message", (note: WorkerNote) =>
      note.kind === "step" ? onStep(note.done, note.all) : resolve(note.part),
    );
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`training ended early (${code})`)));
  });
}

function joinHeld(parts: readonly TrainedPart[]): HeldOut {
  const [first] = parts;
  if (first === undefined) throw new Error("there is nothing to join");
  const { lines, unknown, words } = first.held;
  const sums = new Float32Array(lines.length * COLUMNS);
  for (const { net, held } of parts) {
    const width = net.biases.length;
    for (let i = 0; i < lines.length; i++)
      sums.set(held.sums.subarray(i * width, (i + 1) * width), i * COLUMNS + net.columns.from);
  }
  return { lines, sums, unknown, words };
}

/** One byte per weight, scaled per row: a tenth of a point of accuracy at most, a quarter of the memory. */
function quantise(parts: readonly TrainedPart[]): Pick<Model, "weights" | "scales" | "biases"> {
  const rows = parts[0]?.vocabulary.hashes.length ?? 0;
  const weights = new Int8Array(rows * COLUMNS);
  const scales = new Float32Array(rows);
  const biases = new Float32Array(COLUMNS);
  for (const { net } of parts) biases.set(net.biases, net.columns.from);
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (const { net } of parts) {
      const width = net.biases.length;
      for (let i = row * width; i < (row + 1) * width; i++)
        most = Math.max(most, Math.abs(net.weights[i] as number));
    }
    const scale = most / 127;
    scales[row] = scale;
    if (scale === 0) continue;
    for (const { net } of parts) {
      const width = net.biases.length;
      for (let i = 0; i < width; i++)
        weights[row * COLUMNS + net.columns.from + i] = Math.round(
          (net.weights[row * width + i] as number) / scale,
        );
    }
  }
  return { weights, scales, biases };
}

import { parentPort, workerData } from "node:worker_threads";
import { type PartTask, trainPart } from "./train-part.ts";

/** One half of the training on its own thread, so that the event loop that answers people never waits for it. */
export type WorkerNote =
  | { readonly kind: "step"; readonly done: number; readonly all: number }
  | { readonly kind: "part"; readonly part: Awaited<ReturnType<typeof trainPart>> };

const port = parentPort;
if (port !== null) {
  const say = (note: WorkerNote) => port.postMessage(note);
  const part = await trainPart(workerData as PartTask, (done, all) => say({ kind: "step", done, all }));
  say({ kind: "part", part });
}

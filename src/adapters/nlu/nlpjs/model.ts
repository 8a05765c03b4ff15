import type { Gate } from "./gate.ts";
import type { HeadId } from "./calibrate.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** All that is needed to answer, and nothing of the sentences it was learnt from. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** Feature-major, all columns; a row's real weights are these times its scale. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  readonly gate: Gate;
  /** Sharpness of each head's probabilities. */
  readonly sharpness: Readonly<Record<HeadId, number>>;
}

import type { Calibration } from "./calibrate.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** All that is needed to answer, and nothing of the sentences it was learnt from. */
export interface Model extends Calibration {
  readonly vocabulary: Vocabulary;
  /** Feature-major, all columns; a row's real weights are these times its scale. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
}

// oxlint-disable-next-line typescript/triple-slash-reference -- nlp.js has no types; a program that imports this file needs the wall
/// <reference path="./nlpjs.d.ts" />
import { Container } from "@nlpjs/core";
import { type NluInput, NluNeural } from "@nlpjs/nlu";
import { normalise } from "../../../domain/text/normalise.ts";
import { COLUMN_NAMES, HEADS } from "./labels.ts";
import { LangVi } from "./lang-vi/lang-vi.ts";
import {
  addUp,
  ALPHA,
  type Perceptrons,
  type Sample,
  trainPerceptrons,
  type TrainingPlan,
  type Vector,
} from "./perceptrons.ts";
import type { Vectoriser } from "./vocabulary.ts";

/** Weights that can be run: as trained, or as read from a model file (then `scales` undoes the rounding per row). */
export interface RunnableTable {
  readonly weights: Float32Array | Int8Array;
  readonly biases: Float32Array;
  readonly scales?: Float32Array;
}

/**
 * The neural NLU of nlp.js made safe for this service. It keeps nlp.js's pipeline and update rule, and replaces
 * what is unsafe in it: no cache of what people wrote, no object keyed by their words (so
 * "constructor" is a word like any other), no stem dictionary that ignores order, shuffled training, and raw
 * sums instead of squared scores that make every answer look sure.
 */
export class SafeNlu extends NluNeural {
  #plan: TrainingPlan | null = null;
  #net: Perceptrons | null = null;
  #table: RunnableTable | null = null;
  #vectoriser: Vectoriser | null = null;
  readonly #sums = new Float32Array(COLUMN_NAMES.length);

  /** Trains through nlp.js's own pipeline (`prepareCorpus`, `addNoneFeature`, `innerTrain`). */
  async learn(samples: readonly Sample[], plan: TrainingPlan): Promise<Perceptrons> {
    this.#plan = plan;
    await this.train(samples, { useNoneFeature: false, log: false });
    if (this.#net === null) throw new Error("nlp.js ended training without calling innerTrain");
    return this.#net;
  }

  /** Ready to answer with weights trained before. */
  adopt(table: RunnableTable, vectoriser: Vectoriser): void {
    this.#table = table;
    this.#vectoriser = vectoriser;
  }

  /** Raw sums of all columns, in the order of `labels.ts`. The array is used again by the next call. */
  weigh(vector: Vector): Float32Array {
    if (this.#table === null) return this.#sums.fill(0);
    const { scales } = this.#table;
    if (scales !== undefined)
      for (let i = 0; i < vector.rows.length; i++)
        vector.values[i] = (vector.values[i] as number) * (scales[vector.rows[i] as number] as number);
    addUp(vector, this.#table, this.#sums);
    return this.#sums;
  }

  /** Samples are vectors already: nothing is tokenised, cached or turned into objects. */
  override async prepareCorpus(input: NluInput): Promise<NluInput> {
    return await Promise.resolve(input);
  }

  override async innerTrain(input: NluInput): Promise<NluInput> {
    if (this.#plan !== null) this.#net = trainPerceptrons(input.corpus as readonly Sample[], this.#plan);
    return await Promise.resolve({ ...input, status: { iterations: this.#plan?.passes ?? 0, error: 0 } });
  }

  /** What `process()` of nlp.js answers, for whoever drives this class through it (the benchmark does). */
  override async defaultPipelineProcess(input: NluInput): Promise<NluInput> {
    if (this.#vectoriser === null || typeof input.text !== "string")
      return { ...input, classifications: [{ intent: "None", score: 1 }] };
    const sums = this.weigh(this.#vectoriser.read(normalise(input.text)));
    const classifications = HEADS.intent.ids
      .map((intent, i) => ({
        intent: intent as string,
        score: Math.min(1, Math.max(0, ALPHA * (sums[i] ?? 0))),
      }))
      .sort((a, b) => b.score - a.score);
    return await Promise.resolve({ ...input, classifications });
  }
}

/** A container of its own with the class registered as no singleton: nlp.js would else share one for all languages. */
export function createSafeNlu(): SafeNlu {
  const container = new Container(true);
  container.use(new LangVi({ normalise: (text) => normalise(text).words.join(" ") }));
  container.register("SafeNlu", SafeNlu, false);
  return container.get("SafeNlu", { locale: "vi", log: false }) as SafeNlu;
}

import type { Utterance } from "../../../domain/text/utterance.ts";
import { HEADS } from "./labels.ts";
import type { Model } from "./model.ts";
import { readFeatures } from "./read-features.ts";
import { Vectoriser } from "./vocabulary.ts";

export interface Reason {
  readonly feature: string;
  readonly push: number;
}

/** The features that spoke most for an intent, for the people who tune the model. Never used on a live message. */
export function explain(model: Model, utterance: Utterance, intent: string): Reason[] {
  const column = HEADS.intent.ids.findIndex((id) => id === intent);
  const vectoriser = new Vectoriser(model.vocabulary);
  const { rows, values } = vectoriser.read(utterance);
  const valueOf = new Map([...rows].map((row, i) => [row, values[i] ?? 0]));
  const width = model.biases.length;
  const pushes = new Map<string, number>();
  readFeatures(
    utterance,
    {
      take(hash, _block, name) {
        const row = vectoriser.rowOf(hash);
        if (row < 0 || name === undefined) return;
        pushes.set(
          name,
          (valueOf.get(row) ?? 0) * (model.weights[row * width + column] ?? 0) * (model.scales[row] ?? 0),
        );
      },
    },
    true,
  );
  return [...pushes]
    .map(([feature, push]) => ({ feature, push }))
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push));
}

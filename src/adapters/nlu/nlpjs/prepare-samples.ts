import { normalise } from "../../../domain/text/normalise.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import { addNoise, dropWords, withoutMarks } from "./add-noise.ts";
import { groupFor, HEADS } from "./labels.ts";
import type { Sample } from "./perceptrons.ts";
import { createRandom } from "./random.ts";
import type { TrainingItem } from "./training-item.ts";
import type { Vectoriser } from "./vocabulary.ts";

export interface CopyPlan {
  /** Noisy copies of every line. */
  readonly noisy: number;
  readonly seed: number;
}

const NOISY_WEIGHT = 0.7;
// Half of all messages come without marks; half of the lines are read that way as well, the rest through noise.
const MARK_FREE_SHARE = 0.5;
const MARK_FREE_WEIGHT = 0.5;

export interface ReadItem {
  readonly item: TrainingItem;
  readonly utterance: Utterance;
}

export function readItems(items: readonly TrainingItem[]): ReadItem[] {
  return items.map((item) => ({ item, utterance: normalise(item.text) }));
}

/** Every line as written and as a hurried teenager would type it: what arrives is rarely what stands in a corpus. */
export function prepareSamples(
  lines: readonly ReadItem[],
  vectoriser: Vectoriser,
  copies: CopyPlan,
): Sample[] {
  const samples: Sample[] = [];
  const random = createRandom(copies.seed);
  for (const { item, utterance } of lines) {
    const add = (read: Utterance, weight: number) =>
      samples.push({ ...vectoriser.read(read), ...labelsOf(item), weight });
    add(utterance, 1);
    if (utterance.hasMarks && random() < MARK_FREE_SHARE)
      add(dropWords(withoutMarks(utterance), random), MARK_FREE_WEIGHT);
    for (let copy = 0; copy < copies.noisy; copy++) {
      const noisy = normalise(addNoise(item.text, { locale: item.locale, random }));
      if (noisy.text !== utterance.text) add(dropWords(noisy, random), NOISY_WEIGHT / copies.noisy);
    }
  }
  return samples;
}

function labelsOf(item: TrainingItem): Pick<Sample, "targets" | "from"> {
  const { intent, group, level, category, audience, locale } = HEADS;
  const others = [
    level.from + level.ids.indexOf(item.level),
    category.from + category.ids.indexOf(item.category),
    audience.from + audience.ids.indexOf(item.audience),
    locale.from + locale.ids.indexOf(item.locale),
  ];
  return item.intent === null
    ? { targets: others, from: level.from }
    : {
        targets: [
          intent.from + intent.ids.indexOf(item.intent),
          group.from + group.ids.indexOf(groupFor(item.intent)),
          ...others,
        ],
        from: 0,
      };
}

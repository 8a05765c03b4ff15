import { fitGate, type Gate, type GateExample, gateInputs } from "./gate.ts";
import { COLUMNS, type HeadId, HEADS, intentSums, OUT_OF_SCOPE } from "./labels.ts";
import type { HeldOut } from "./train-part.ts";
import type { TrainingItem } from "./training-item.ts";

type Calibrated = Exclude<HeadId, "group">;

export interface Calibration {
  readonly gate: Gate;
  readonly sharpness: Readonly<Record<Calibrated, number>>;
}

// Held-out lines are by the same writers as the rest; strangers slip through a little more often.
const ACCEPTED_OUTSIDE = 0.1;

/** Turns raw sums into honest probabilities, by what the rehearsal said of lines it never saw. */
export function calibrate(items: readonly TrainingItem[], held: HeldOut): Calibration {
  const lines = [...held.lines].map((line, i) => ({
    item: items[line] as TrainingItem,
    sums: held.sums.subarray(i * COLUMNS, (i + 1) * COLUMNS),
    i,
  }));
  const examples = lines.map(({ item, sums, i }): GateExample => {
    const view = {
      sums: intentSums(sums),
      outOfScope: OUT_OF_SCOPE,
      unknown: held.unknown[i] ?? 0,
      words: held.words[i] ?? 0,
      danger: dangerOf(sums),
      strange: strangenessOf(sums),
    };
    return { inputs: gateInputs(view), outside: item.intent === "out_of_scope" };
  });
  const inside = lines.filter(({ item }) => item.intent !== "out_of_scope");
  return {
    gate: fitGate(examples, ACCEPTED_OUTSIDE),
    sharpness: {
      intent: sharpen(
        inside.map(({ item, sums }) => ({
          sums: intentSums(sums),
          target: HEADS.intent.ids.indexOf(item.intent ?? "out_of_scope"),
        })),
      ),
      level: sharpen(
        lines.map(({ item, sums }) => ({
          sums: headSums(sums, "level"),
          target: HEADS.level.ids.indexOf(item.level),
        })),
      ),
      category: sharpen(
        lines.map(({ item, sums }) => ({
          sums: headSums(sums, "category"),
          target: HEADS.category.ids.indexOf(item.category),
        })),
      ),
      audience: sharpen(
        lines.map(({ item, sums }) => ({
          sums: headSums(sums, "audience"),
          target: HEADS.audience.ids.indexOf(item.audience),
        })),
      ),
      locale: sharpen(
        lines.map(({ item, sums }) => ({
          sums: headSums(sums, "locale"),
          target: HEADS.locale.ids.indexOf(item.locale),
        })),
      ),
    },
  };
}

/** Out of scope is never dangerous: a message in which the risk columns see harm is one to listen to. */
export function dangerOf(sums: Float32Array): number {
  const [none = 0, ...harmful] = headSums(sums, "level");
  return Math.max(...harmful) - none;
}

export function strangenessOf(sums: Float32Array): number {
  const groups = headSums(sums, "group");
  return (groups.at(-1) ?? 0) - Math.max(...groups.subarray(0, -1));
}

export function headSums(sums: Float32Array, head: HeadId): Float32Array {
  const { from, ids } = HEADS[head];
  return sums.subarray(from, from + ids.length);
}

interface Answered {
  readonly sums: Float32Array;
  readonly target: number;
}

/** The sharpness under which the right answers are least surprising. */
function sharpen(answers: readonly Answered[]): number {
  let best = 0.3;
  let least = Number.POSITIVE_INFINITY;
  for (let sharpness = 0.05; sharpness < 3; sharpness *= 1.15) {
    let surprise = 0;
    for (const { sums, target } of answers)
      surprise -= Math.log(Math.max(1e-6, toChances(sums, sharpness)[target] ?? 0));
    if (surprise < least) {
      least = surprise;
      best = sharpness;
    }
  }
  return best;
}

export function toChances(sums: ArrayLike<number>, sharpness: number): Float32Array {
  const chances = new Float32Array(sums.length);
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sums.length; i++) most = Math.max(most, sums[i] as number);
  let total = 0;
  for (let i = 0; i < sums.length; i++) {
    const chance = Math.exp(((sums[i] as number) - most) * sharpness);
    chances[i] = chance;
    total += chance;
  }
  for (let i = 0; i < chances.length; i++) chances[i] = (chances[i] as number) / total;
  return chances;
}

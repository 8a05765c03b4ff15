import type { CaseSummary } from "../../wire/console.ts";
import type { Bell } from "./bell.ts";
import { isPressing } from "./name-case.ts";

const AGAIN_MS = 30_000;

export interface Alarm {
  /** Looks at the queue of now: rings for whoever came newly, and again while someone urgent waits. */
  watch(cases: readonly CaseSummary[], drill: { readonly id: string } | null): void;
  stop(): void;
}

/** Nobody urgent may wait unheard, and no trial of the alarm: it rings at once and again every half minute until someone takes the case. */
export function createAlarm(bell: Pick<Bell, "ring">): Alarm {
  let rungFor = new Map<string, string>();
  let again: ReturnType<typeof setInterval> | undefined;
  return {
    watch(cases, drill) {
      const waiting = cases.filter((each) => each.status === "waiting" && isPressing(each));
      // A trial rings as the real thing does: that is what is tried.
      const pressing = drill === null ? waiting : [...waiting, { id: drill.id, level: "drill" }];
      // A case that has become worse rings like a new one.
      const isNew = pressing.some(({ id, level }) => rungFor.get(id) !== level);
      rungFor = new Map(pressing.map(({ id, level }) => [id, level]));
      if (isNew) bell.ring();
      if (pressing.length === 0) {
        clearInterval(again);
        again = undefined;
      } else again ??= setInterval(() => bell.ring(), AGAIN_MS);
    },
    stop() {
      clearInterval(again);
      again = undefined;
      rungFor = new Map();
    },
  };
}

import type { CaseFileView } from "../../wire/case-file.ts";
import type { FileStep } from "./create-desk.ts";

/** What was written and has not come back from the server yet. */
export interface FileStepUnderWay {
  readonly caseId: string;
  readonly step: FileStep;
  readonly byName: string | null;
}

/**
 * A file as it will be once everything under way has come back: what was ticked stands ticked at once, and an answer
 * that was on its way before it does not untick it again. Words are shown once they are kept.
 */
export function foreseeFile(
  file: CaseFileView,
  caseId: string,
  underWay: readonly FileStepUnderWay[],
): CaseFileView {
  return underWay.filter((each) => each.caseId === caseId).reduce(foresee, file);
}

function foresee(file: CaseFileView, { step, byName }: FileStepUnderWay): CaseFileView {
  switch (step.kind) {
    case "tag":
      return { ...file, tags: withOrWithout(file.tags, step.tag, step.isOn) };
    case "mark":
      return { ...file, marks: withOrWithout(file.marks, step.seq, step.isMarked) };
    case "tick":
      return {
        ...file,
        steps: file.steps.map((each) =>
          each.id === step.step
            ? { ...each, done: step.isDone ? (each.done ?? { at: Date.now(), byName }) : null }
            : each,
        ),
      };
    case "note":
    case "plan":
    case "whisper":
      return file;
  }
}

function withOrWithout<T>(all: readonly T[], one: T, isIn: boolean): T[] {
  const others = all.filter((each) => each !== one);
  return isIn ? [...others, one] : others;
}

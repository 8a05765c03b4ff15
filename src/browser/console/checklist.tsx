import type { CaseFileView } from "../../wire/case-file.ts";
import type { Locale } from "../kit/locale.ts";
import { momentOf } from "./name-case.ts";
import type { Words } from "./words.ts";

interface ChecklistProps {
  readonly steps: CaseFileView["steps"];
  /** Null where only reading is allowed. */
  readonly onTick: ((step: string, isDone: boolean) => void) | null;
  readonly words: Words;
  readonly locale: Locale;
}

/** What must not be forgotten in such a case, who did it and when. */
export function Checklist({ steps, onTick, words, locale }: ChecklistProps) {
  const done = steps.filter((step) => step.done !== null).length;
  return (
    <section class="file-part" aria-labelledby="checklist">
      <h3 id="checklist">
        {words.checklist}{" "}
        <span class="count">
          {done}/{steps.length}
        </span>
      </h3>
      <ul class="checks">
        {steps.map((step) => (
          <li key={step.id}>
            <label>
              <input
                type="checkbox"
                checked={step.done !== null}
                disabled={onTick === null}
                onChange={(event) => onTick?.(step.id, event.currentTarget.checked)}
              />
              <span>
                {step[locale]}
                {step.done !== null && (
                  <span class="soft">
                    {" "}
                    {step.done.byName ?? words.somebody}, {momentOf(step.done.at, locale)}
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

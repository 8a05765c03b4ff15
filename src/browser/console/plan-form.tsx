import { useState } from "preact/hooks";
import type { PlanPart, SafetyPlan } from "../../wire/case-file.ts";
import type { CaseSummary } from "../../wire/console.ts";
import { LONGEST_PLAN_PART, PLAN_PARTS } from "../../wire/lists.ts";
import type { KeptWords } from "./kept-words.ts";
import { spokenPlan } from "./spoken-plan.ts";
import type { Words } from "./words.ts";

interface PlanProps {
  readonly summary: CaseSummary;
  readonly plan: SafetyPlan;
  readonly kept: KeptWords;
  readonly words: Words;
  readonly onSave: (plan: SafetyPlan) => Promise<boolean>;
  /** Puts the plan, in the person's language, where it can be read once more before it is sent. */
  readonly onPut: (text: string) => void;
}

/** The six parts of a safety plan. What is not saved yet stays in the tab. */
export function PlanForm({ summary, plan, kept, words, onSave, onPut }: PlanProps) {
  const nameOf = (part: PlanPart) => `plan.${summary.id}.${part}`;
  const [written, setWritten] = useState<SafetyPlan>(() => {
    const start = { ...plan };
    for (const part of PLAN_PARTS) start[part] = kept.draftOf(nameOf(part)) || plan[part];
    return start;
  });
  const [isSaved, setSaved] = useState(false);
  const change = (part: PlanPart, text: string) => {
    setSaved(false);
    setWritten({ ...written, [part]: text });
    kept.keepDraft(nameOf(part), text);
  };
  const save = (event: Event) => {
    event.preventDefault();
    void onSave(written).then((isKept) => {
      setSaved(isKept);
      if (isKept) for (const part of PLAN_PARTS) kept.keepDraft(nameOf(part), "");
    });
  };
  const isEmpty = PLAN_PARTS.every((part) => written[part].trim() === "");
  return (
    <form class="file-part plan" aria-labelledby="plan" onSubmit={save}>
      <h3 id="plan">{words.plan}</h3>
      <p class="soft">{words.planLead}</p>
      {PLAN_PARTS.map((part) => (
        <p key={part} class="field">
          <label for={`plan-${part}`}>{words[`plan-${part}`]}</label>
          <textarea
            id={`plan-${part}`}
            rows={2}
            maxLength={LONGEST_PLAN_PART}
            value={written[part]}
            autocomplete="off"
            onInput={(event) => change(part, event.currentTarget.value)}
          />
        </p>
      ))}
      <p class="acts">
        <button type="submit">{words.savePlan}</button>
        <button type="button" disabled={isEmpty} onClick={() => onPut(spokenPlan(written, summary))}>
          {words.putPlan}
        </button>
      </p>
      <p class="good" role="status">
        {isSaved ? words.saved : ""}
      </p>
    </form>
  );
}

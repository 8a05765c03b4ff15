import type { FlowCursor } from "../conversation/conversation.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import { isAtLeast } from "../taxonomy/risk.ts";
import type { Audience } from "../taxonomy/speaker.ts";
import type { BranchStep, Flow, FlowAct, SayStep } from "./flow.ts";
import type { FlowBook } from "./flow-book.ts";

export interface Arrival {
  /** The step that speaks, or null when the flow ended in an act. */
  readonly at: { readonly flow: string; readonly name: string; readonly step: SayStep } | null;
  readonly acts: readonly FlowAct[];
}

export interface Circumstances {
  readonly audience: Audience;
  readonly risk: RiskAssessment;
}

// A flow that only branches would loop for ever; the content check finds such loops, this bounds them.
const MAX_SILENT_STEPS = 32;

/**
 * Walks from a step to the first one that speaks. A flow or step that no longer exists (the content was
 * edited while the person was inside) leads to the start of the flow, then to the menu: never to an error.
 */
export function advance(book: FlowBook, from: FlowCursor, now: Circumstances): Arrival {
  const flow = book.flows.get(from.flow) ?? book.flows.get("help_menu");
  if (flow === undefined) return { at: null, acts: [] };
  const acts: FlowAct[] = [];
  let name = from.step in flow.steps ? from.step : flow.start;
  for (let walked = 0; walked < MAX_SILENT_STEPS; walked++) {
    const step = flow.steps[name];
    if (step === undefined) return { at: null, acts };
    if ("say" in step) return { at: { flow: flow.flow, name, step }, acts };
    if ("act" in step) {
      acts.push(step.act);
      if (step.then === undefined) return { at: null, acts };
      name = step.then;
    } else {
      name = takeBranch(step, now);
    }
  }
  return { at: null, acts };
}

function takeBranch(step: BranchStep, now: Circumstances): string {
  const taken = step.branch.find(
    (when) =>
      (when.audience === undefined || when.audience === now.audience) &&
      (when.level === undefined || isAtLeast(now.risk.level, when.level)) &&
      (when.category === undefined || when.category === now.risk.category),
  );
  return taken?.go ?? step.otherwise;
}

export function startOf(flow: Flow): FlowCursor {
  return { flow: flow.flow, step: flow.start };
}

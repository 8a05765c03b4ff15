import type { ChannelName } from "../conversation/message.ts";
import { isAtLeast } from "../taxonomy/risk.ts";
import type { Audience } from "../taxonomy/speaker.ts";
import type { RiskAssessment } from "../triage/assessment.ts";
import type { BranchStep, Flow, FlowAct, SpokenStep, Step } from "./flow.ts";
import { isSpoken } from "./flow.ts";
import type { FlowBook } from "./flow-book.ts";
import { isWithinHours } from "./hours-of-day.ts";
import { type FlowCursor, MAX_CALLS } from "./walk.ts";

export interface Arrival {
  /** The step that speaks, or null when the flow ended in an act. */
  readonly at: { readonly flow: string; readonly name: string; readonly step: SpokenStep } | null;
  readonly acts: readonly FlowAct[];
  /** Every slot as it is after the silent steps. */
  readonly slots: Readonly<Record<string, string>>;
  readonly returns: readonly FlowCursor[];
  /** True when the step or flow asked for is no longer there. */
  readonly isElsewhere: boolean;
}

export interface Circumstances {
  readonly audience: Audience;
  readonly risk: RiskAssessment;
  readonly channel: ChannelName;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly slots: Readonly<Record<string, string>>;
  readonly returns: readonly FlowCursor[];
}

// A flow that only branches would loop for ever; the content check finds such loops, this bounds them.
const MAX_SILENT_STEPS = 32;

/**
 * Walks from a step to the first one that speaks. A flow or step that no longer exists (the content was
 * edited while the person was inside) leads to the start of the flow, then to the menu: never to an error.
 */
export function advance(book: FlowBook, from: FlowCursor, now: Circumstances): Arrival {
  const acts: FlowAct[] = [];
  const place = findPlace(book, from);
  let { flow, step: name } = place;
  let slots = name === flow?.start ? withoutOwn(now.slots, flow) : now.slots;
  let returns = now.returns;
  const arrive = (at: Arrival["at"]): Arrival => ({
    at,
    acts,
    slots,
    returns,
    isElsewhere: place.isElsewhere,
  });
  for (let walked = 0; walked < MAX_SILENT_STEPS; walked++) {
    const step: Step | undefined = flow?.steps[name];
    if (flow === undefined || step === undefined) return arrive(null);
    if (isSpoken(step)) return arrive({ flow: flow.flow, name, step });
    if ("act" in step) {
      acts.push(step.act);
      if (step.then === undefined) return arrive(null);
      name = step.then;
    } else if ("set" in step) {
      slots = { ...slots, ...step.set };
      name = step.then;
    } else if ("add" in step) {
      slots = { ...slots, [step.add]: String(Number(slots[step.add] ?? 0) + 1) };
      name = step.then;
    } else if ("call" in step) {
      returns = [...returns, { flow: flow.flow, step: step.then }].slice(-MAX_CALLS);
      flow = book.flows.get(step.call);
      name = flow?.start ?? "";
      slots = flow === undefined ? slots : withoutOwn(slots, flow);
    } else if ("return" in step) {
      const caller = returns.at(-1);
      if (caller === undefined) name = step.otherwise;
      else {
        returns = returns.slice(0, -1);
        ({ flow, step: name } = findPlace(book, caller));
      }
    } else {
      name = takeBranch(step, { ...now, slots });
    }
  }
  return arrive(null);
}

interface Place {
  readonly flow: Flow | undefined;
  readonly step: string;
  readonly isElsewhere: boolean;
}

function findPlace(book: FlowBook, { flow: flowName, step }: FlowCursor): Place {
  const flow = book.flows.get(flowName);
  if (flow === undefined) {
    const menu = book.flows.get("help_menu");
    return { flow: menu, step: menu?.start ?? "", isElsewhere: true };
  }
  return Object.hasOwn(flow.steps, step)
    ? { flow, step, isElsewhere: false }
    : { flow, step: flow.start, isElsewhere: true };
}

/** Who begins a flow anew is asked anew: what they answered last time may be over. */
function withoutOwn(slots: Circumstances["slots"], flow: Flow): Circumstances["slots"] {
  return Object.fromEntries(Object.entries(slots).filter(([name]) => !Object.hasOwn(flow.slots, name)));
}

function takeBranch(step: BranchStep, now: Circumstances): string {
  const taken = step.branch.find(
    (when) =>
      (when.audience === undefined || when.audience === now.audience) &&
      (when.level === undefined || isAtLeast(now.risk.level, when.level)) &&
      (when.category === undefined || when.category === now.risk.category) &&
      (when.channel === undefined || when.channel === now.channel) &&
      (when.hours === undefined || isWithinHours(when.hours, now.now)) &&
      Object.entries(when.slots ?? {}).every(([name, value]) => now.slots[name] === value),
  );
  return taken?.go ?? step.otherwise;
}

export function startOf(flow: Flow): FlowCursor {
  return { flow: flow.flow, step: flow.start };
}

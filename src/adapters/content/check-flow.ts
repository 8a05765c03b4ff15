import {
  type Flow,
  type FlowButton,
  isSpoken,
  type SpokenStep,
  type Step,
} from "../../domain/dialogue/flow.ts";
import type { Helpline } from "../../domain/helplines/helpline.ts";
import type { ContentProblem } from "./read-yaml.ts";

export interface FlowFile {
  readonly name: string;
  readonly flow: Flow;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** False for a flow that was made from something else (a lesson). */
  readonly isOwnFile?: boolean;
}

interface Known {
  readonly flows: ReadonlyMap<string, Flow>;
  readonly helplines: ReadonlyMap<string, Helpline>;
  readonly facts: ReadonlyMap<string, unknown>;
}

/** A step that leads to a person or to the list of topics: no answer may end without one. */
const WAYS_OUT = new Set(["talk_to_human", "help_menu", "helpline_info"]);

/** What the schema cannot see: targets that exist, steps that can be reached, no dead end, no stray number. */
export function checkFlow(file: FlowFile, known: Known): ContentProblem[] {
  const { flow, name } = file;
  const problems: ContentProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) => {
    problems.push({ file: name, line: file.lineOf(path), message });
  };
  if (file.isOwnFile !== false && name.split("/").at(-1) !== `${flow.flow}.yaml`)
    report(["flow"], `the file is named ${name} but the flow is "${flow.flow}"`);
  if (flow.guide !== undefined && !known.flows.has(flow.guide))
    report(["guide"], `there is no flow "${flow.guide}"`);
  if (!(flow.start in flow.steps)) report(["start"], `there is no step "${flow.start}"`);
  for (const id of flow.facts) {
    if (!known.facts.has(id))
      report(["facts"], `there is no fact "${id}" in flows/_facts.yaml that may be used`);
  }
  if (flow.tapped !== undefined && !(flow.tapped in flow.steps))
    report(["tapped"], `there is no step "${flow.tapped}"`);
  const reached = reachedSteps(flow);
  for (const [stepName, step] of Object.entries(flow.steps)) {
    const path = ["steps", stepName];
    if (!reached.has(stepName)) report(path, `nothing leads to the step "${stepName}"`);
    for (const target of targetsOf(step)) {
      if (!(target in flow.steps)) report(path, `there is no step "${target}"`);
    }
    if (isSpoken(step)) checkSpoken(step, path, { flow, known, report });
    else checkSilent(step, path, { flow, known, report });
    if (!isSpoken(step) && loops(flow, stepName))
      report(path, "this step can come back to itself without a word said");
  }
  for (const found of phoneNumbersIn(flow)) {
    report([], `"${found}" looks like a phone number: name a helpline instead`);
  }
  return problems;
}

interface Checking {
  readonly flow: Flow;
  readonly known: Known;
  readonly report: (path: readonly PropertyKey[], message: string) => void;
}

function checkSpoken(
  step: SpokenStep,
  path: readonly PropertyKey[],
  { flow, known, report }: Checking,
): void {
  for (const id of step.helplines) {
    if (!known.helplines.has(id))
      report([...path, "helplines"], `there is no helpline "${id}" in flows/_helplines.yaml`);
  }
  if (step.helplines.length > 0 && !step.helplines.some((id) => known.helplines.get(id)?.hours === "always"))
    report([...path, "helplines"], "every line here is closed at some hour: add one that always answers");
  for (const button of step.buttons) {
    if ("flow" in button && !known.flows.has(button.flow))
      report([...path, "buttons"], `there is no flow "${button.flow}"`);
  }
  // In a guide the engine itself adds a way back, to a person and out.
  if (flow.guide === undefined && !step.buttons.some(leadsOut))
    report(path, "no button leads to a person or to the topics");
  if (flow.guide !== undefined && "say" in step && step.buttons.length === 0)
    report(path, "nothing leads on from this step");
}

function checkSilent(step: Step, path: readonly PropertyKey[], { flow, known, report }: Checking): void {
  if ("call" in step && !known.flows.has(step.call))
    report([...path, "call"], `there is no flow "${step.call}"`);
  const named = [
    ...("set" in step ? Object.entries(step.set) : []),
    ...("branch" in step ? step.branch.flatMap((when) => Object.entries(when.slots ?? {})) : []),
  ];
  for (const [slot, value] of named) {
    if (flow.slots[slot]?.includes(value) !== true)
      report(path, `the flow's slots hold no "${slot}" with the value "${value}"`);
  }
  if ("add" in step && flow.slots[step.add] === undefined)
    report(path, `the flow's slots hold no "${step.add}"`);
}

function leadsOut(button: FlowButton): boolean {
  if ("act" in button) return button.act === "request-counsellor";
  return "flow" in button && WAYS_OUT.has(button.flow);
}

function targetsOf(step: Step): string[] {
  if (isSpoken(step)) {
    const tapped = step.buttons.flatMap((button) => ("go" in button ? [button.go] : []));
    return "ask" in step ? [...step.answers.map(({ go }) => go), ...tapped] : tapped;
  }
  if ("branch" in step) return [...step.branch.map((when) => when.go), step.otherwise];
  if ("return" in step) return [step.otherwise];
  return step.then === undefined ? [] : [step.then];
}

function reachedSteps(flow: Flow): Set<string> {
  const reached = new Set<string>();
  const open = flow.tapped === undefined ? [flow.start] : [flow.start, flow.tapped];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = flow.steps[name];
    if (step === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...targetsOf(step));
  }
  return reached;
}

/** Follows silent steps only; coming back to where it began means that a person would hear nothing for ever. */
function loops(flow: Flow, from: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = flow.steps[name];
    if (step === undefined || isSpoken(step) || "call" in step || seen.has(name)) continue;
    seen.add(name);
    const targets = targetsOf(step);
    if (targets.includes(from)) return true;
    open.push(...targets);
  }
  return false;
}

/** Eight digits or more in a row, blanks and dots allowed: no text may hold one. */
export function phoneNumbersIn(value: unknown): string[] {
  if (typeof value === "string") return value.match(/(?:\d[ .-]?){8,}/g) ?? [];
  if (Array.isArray(value)) return value.flatMap(phoneNumbersIn);
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([key, inner]) =>
      key === "reviewed" || key === "checked" || key === "number" ? [] : phoneNumbersIn(inner),
    );
  }
  return [];
}

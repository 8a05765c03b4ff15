import type { Flow, FlowButton, Step } from "../../domain/dialogue/flow.ts";
import type { Helpline } from "../../domain/helplines/helpline.ts";
import type { ContentProblem } from "./read-yaml.ts";

export interface FlowFile {
  readonly name: string;
  readonly flow: Flow;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

interface Known {
  readonly flows: ReadonlyMap<string, Flow>;
  readonly helplines: ReadonlyMap<string, Helpline>;
  readonly facts: ReadonlySet<string>;
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
  if (name !== `flows/${flow.flow}.yaml`)
    report(["flow"], `the file is named ${name} but the flow is "${flow.flow}"`);
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
    if ("say" in step) checkSay(step, path, { known, report });
    if ("branch" in step && loops(flow, stepName))
      report(path, "this branch can come back to itself without a word said");
  }
  for (const found of phoneNumbersIn(flow)) {
    report([], `"${found}" looks like a phone number: name a helpline instead`);
  }
  return problems;
}

interface Checking {
  readonly known: Known;
  readonly report: (path: readonly PropertyKey[], message: string) => void;
}

function checkSay(
  step: Extract<Step, { say: unknown }>,
  path: readonly PropertyKey[],
  { known, report }: Checking,
): void {
  for (const id of step.helplines) {
    if (!known.helplines.has(id))
      report([...path, "helplines"], `there is no helpline "${id}" in flows/_helplines.yaml`);
  }
  for (const button of step.buttons) {
    if ("flow" in button && !known.flows.has(button.flow))
      report([...path, "buttons"], `there is no flow "${button.flow}"`);
  }
  if (!step.buttons.some(leadsOut)) report(path, "no button leads to a person or to the topics");
}

function leadsOut(button: FlowButton): boolean {
  if ("act" in button) return button.act === "request-counsellor";
  return "flow" in button && WAYS_OUT.has(button.flow);
}

function targetsOf(step: Step): string[] {
  if ("say" in step) return step.buttons.flatMap((button) => ("go" in button ? [button.go] : []));
  if ("branch" in step) return [...step.branch.map((when) => when.go), step.otherwise];
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
    if (step === undefined || "say" in step || seen.has(name)) continue;
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

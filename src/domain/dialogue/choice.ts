import { FlowAct, FlowName, StepName } from "./flow.ts";

/** What a button means. Its value on the wire stays under Telegram's 64 bytes. */
export type Choice =
  | { readonly kind: "step"; readonly flow: string; readonly step: string }
  /** The same step once more, to keep as a picture. */
  | { readonly kind: "card"; readonly flow: string; readonly step: string }
  | { readonly kind: "flow"; readonly flow: string }
  | { readonly kind: "act"; readonly act: FlowAct };

export function encodeChoice(choice: Choice): string {
  if (choice.kind === "step") return `s:${choice.flow}/${choice.step}`;
  if (choice.kind === "card") return `k:${choice.flow}/${choice.step}`;
  if (choice.kind === "flow") return `f:${choice.flow}`;
  return `a:${choice.act}`;
}

/** Reads a button value; anything we did not write ourselves is null. */
export function parseChoice(value: string): Choice | null {
  const rest = value.slice(2);
  if (value.startsWith("s:") || value.startsWith("k:")) {
    const kind = value.startsWith("s:") ? "step" : "card";
    const [flow, step, more] = rest.split("/");
    const ok = FlowName.safeParse(flow).success && StepName.safeParse(step).success && more === undefined;
    return ok && flow !== undefined && step !== undefined ? { kind, flow, step } : null;
  }
  if (value.startsWith("f:")) return FlowName.safeParse(rest).success ? { kind: "flow", flow: rest } : null;
  if (value.startsWith("a:")) {
    const act = FlowAct.safeParse(rest);
    return act.success ? { kind: "act", act: act.data } : null;
  }
  return null;
}

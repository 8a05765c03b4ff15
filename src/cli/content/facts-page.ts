import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFlowBook } from "../../adapters/content/load-flow-book.ts";
import type { Fact, FlowBook } from "../../domain/dialogue/flow-book.ts";
import { root } from "../shared/paths.ts";

export const FACTS_PAGE = join(root, "docs", "before-going-live.md");
const BEGIN = "## Facts that answers rest on";
const CHECKS = ["RV-1", "RV-2", "RV-3"] as const;

/** Every fact that a text rests on, the riskiest first, with the flows that name it: what a local reviewer confirms. */
export function factsSection(book: FlowBook): string {
  const usedBy = usesOf(book);
  const lines = [
    BEGIN,
    "",
    "Written by `npm run content -- facts`; a test keeps it so. RV-1: a wrong value could leave a child without help. RV-2: a wrong",
    "value misinforms. RV-3: stable, look again each year.",
  ];
  for (const check of CHECKS) {
    lines.push("", `### ${check}`, "", "| Fact | What it says | Confidence | Used by |", "|---|---|---|---|");
    for (const fact of book.facts.values()) {
      const uses = usedBy.get(fact.id) ?? [];
      if (fact.check === check && uses.length > 0) lines.push(row(fact, uses));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The page with its section of facts replaced; throws when the page has none. */
export function withFacts(page: string, book: FlowBook): string {
  const at = page.indexOf(BEGIN);
  if (at === -1) throw new Error(`docs/before-going-live.md has no heading "${BEGIN}"`);
  return page.slice(0, at) + factsSection(book);
}

export function writeFactsPage(): void {
  const book = loadFlowBook(join(root, "flows"));
  writeFileSync(FACTS_PAGE, withFacts(readFileSync(FACTS_PAGE, "utf8"), book));
  process.stdout.write("docs/before-going-live.md\n");
}

function usesOf({ flows, helplines }: FlowBook): ReadonlyMap<string, string[]> {
  const uses = new Map<string, string[]>();
  const add = (facts: readonly string[], user: string) => {
    for (const fact of facts) uses.set(fact, [...(uses.get(fact) ?? []), user]);
  };
  for (const flow of flows.values()) add(flow.facts, flow.flow);
  for (const helpline of helplines.values()) add(helpline.facts, `helpline ${helpline.id}`);
  return uses;
}

function row({ id, fact, confidence }: Fact, uses: readonly string[]): string {
  return `| ${id} | ${fact.replaceAll("|", "\\|")} | ${confidence} | ${[...uses].sort().join(", ")} |`;
}

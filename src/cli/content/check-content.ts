import { join } from "node:path";
import { findStraddlers } from "../../adapters/content/find-straddlers.ts";
import { loadCorpus } from "../../adapters/content/load-corpus.ts";
import { loadDevCorpus } from "../../adapters/content/load-dev-corpus.ts";
import { lintContent } from "../../adapters/content/lint/lint-content.ts";
import { formatProblems, readFlowBook } from "../../adapters/content/load-flow-book.ts";
import { loadRiskCorpus } from "../../adapters/content/load-risk-corpus.ts";
import { readRules } from "../../adapters/content/load-triage.ts";
import { intentsDir, root } from "../shared/paths.ts";

/**
 * Reads flows/ and intents/ as the server does and lists every mistake with file and line; then what a server could
 * live with and an editor should not. Answers whether all is well.
 */
export function checkContent(): boolean {
  const flows = readFlowBook(join(root, "flows"));
  const rules = readRules(intentsDir);
  const corpus = loadCorpus(intentsDir);
  const risk = loadRiskCorpus(intentsDir);
  const dev = loadDevCorpus(join(intentsDir, "dev"));
  const heldRisk = loadRiskCorpus(intentsDir, "dev/risk");
  const straddlers = findStraddlers(
    [...dev.messages, ...heldRisk.messages].map(({ text }) => text),
    corpus.items.map(({ text }) => text),
  ).map(({ held, learnt }) => ({
    file: "intents/dev",
    line: 0,
    message: `"${held}" is held out, yet "${learnt}" is learnt from`,
  }));
  const problems = [
    ...flows.problems,
    ...(flows.book === null ? [] : lintContent({ ...flows, book: flows.book }, Date.now())),
    ...rules.problems,
    ...corpus.problems,
    ...risk.problems,
    ...dev.problems,
    ...heldRisk.problems,
    ...corpus.warnings,
    ...straddlers,
  ];

  if (problems.length > 0) {
    process.stderr.write(`${problems.length} mistakes in the content:\n${formatProblems(problems)}\n`);
    return false;
  }
  process.stdout.write(
    `content ok: ${flows.book?.flows.size ?? 0} flows, ${flows.book?.helplines.size ?? 0} helplines, ${corpus.items.length} lines to learn from, ${dev.messages.length + heldRisk.messages.length} held out\n`,
  );
  return true;
}

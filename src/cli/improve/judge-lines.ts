import { join } from "node:path";
import { findStraddlers } from "../../adapters/content/find-straddlers.ts";
import { loadCorpus } from "../../adapters/content/load-corpus.ts";
import { loadDevCorpus } from "../../adapters/content/load-dev-corpus.ts";
import { loadRiskCorpus } from "../../adapters/content/load-risk-corpus.ts";
import type { Nlu } from "../../app/ports.ts";
import { normalise } from "../../domain/text/normalise.ts";
import { NO_RISK } from "../../domain/triage/assessment.ts";
import type { RiskLevel } from "../../domain/taxonomy/risk.ts";
import type { Triage } from "../../domain/triage/triage.ts";
import type { LearntLine } from "./read-lines.ts";

export interface JudgedLine {
  readonly line: LearntLine;
  /** What the bot would act on today. */
  readonly now: string;
  readonly level: RiskLevel;
  /** Why it may not be learnt from; null when it may. */
  readonly refused: string | null;
}

/** What the bot makes of each line now; lines that stand there already, or are kept for measuring, are refused. */
export function judgeLines(
  lines: readonly LearntLine[],
  intentsDir: string,
  { nlu, triage }: { readonly nlu: Nlu; readonly triage: Triage },
): JudgedLine[] {
  const corpus = loadCorpus(intentsDir);
  const held = [
    ...loadDevCorpus(join(intentsDir, "dev")).messages,
    ...loadRiskCorpus(intentsDir, "dev/risk").messages,
  ].map(({ text }) => text);
  const straddling = new Set(
    findStraddlers(
      held,
      lines.map(({ text }) => text),
    ).map(({ learnt }) => learnt),
  );
  const known = new Map(
    corpus.items.flatMap(({ text, intent }) => (intent === null ? [] : [[keyOf(text), intent]])),
  );
  return lines.map((line) => {
    const key = keyOf(line.text);
    const there = known.get(key);
    if (there === undefined) known.set(key, line.intent);
    const refused =
      there === line.intent
        ? "it stands there already"
        : there !== undefined
          ? `it stands in intents/${there}.yaml: decide which it is`
          : straddling.has(line.text)
            ? "it is, or nearly is, a line kept for measuring"
            : null;
    const utterance = normalise(line.text);
    const understanding = nlu.understand(utterance);
    const evidence = nlu.weighRisk(utterance);
    const { level } = triage.assess({ utterance, understanding, evidence, held: NO_RISK });
    return { line, refused, now: understanding.intent, level };
  });
}

const keyOf = (text: string) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, " ")
    .trim();

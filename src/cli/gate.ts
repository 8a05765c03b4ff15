import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRiskCorpus } from "../adapters/content/load-risk-corpus.ts";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import {
  AcceptedFigures,
  findFalls,
  formatFall,
  gatedTriage,
  gatedUnderstanding,
} from "./evaluation/gate.ts";
import { createJudge, judgeConversations, judgeMessages, judgeRisks } from "./evaluation/judge.ts";
import { writePage } from "./evaluation/page.ts";
import { asRisks, figuresOfTriage } from "./evaluation/triage-figures.ts";
import { figuresOfUnderstanding } from "./evaluation/understanding-figures.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir, root } from "./shared/paths.ts";

/**
 * `npm run gate`               fails when understanding or triage fell anywhere by more than noise, against `docs/figures.json`
 * `npm run gate -- --accept`   takes the figures of today as the new measure, and writes them into `docs/evaluation.md`
 */
const acceptedFile = join(root, "docs", "figures.json");
const pageFile = join(root, "docs", "evaluation.md");

const judge = createJudge(loadTriage(intentsDir), createModelNlu(await loadOwnModel()));
const messages = judgeMessages(join(intentsDir, "dev"), judge);
const heldOut = loadRiskCorpus(intentsDir, "dev/risk");
const understanding = figuresOfUnderstanding(messages);
const triageOfMessages = figuresOfTriage(asRisks(messages), []);
const triageOfRisks = figuresOfTriage(judgeRisks(heldOut, judge), judgeConversations(heldOut, judge));
const figures = [
  ...gatedUnderstanding(understanding),
  ...gatedTriage("messages", triageOfMessages),
  ...gatedTriage("risk", triageOfRisks),
];

if (process.argv.includes("--accept")) {
  writeFileSync(
    acceptedFile,
    `[\n${figures.map((figure) => `  ${JSON.stringify(figure)}`).join(",\n")}\n]\n`,
  );
  writeFileSync(pageFile, writePage({ understanding, triageOfMessages, triageOfRisks }));
  process.stdout.write(`${figures.length} figures accepted: docs/figures.json, docs/evaluation.md\n`);
} else {
  const accepted: unknown = existsSync(acceptedFile) ? JSON.parse(readFileSync(acceptedFile, "utf8")) : [];
  const before = AcceptedFigures.parse(accepted);
  const falls = findFalls(figures, before);
  for (const fall of falls) process.stderr.write(`fell: ${formatFall(fall)}\n`);
  process.stdout.write(
    `${before.length} figures of understanding and triage compared with those accepted, ${falls.length} fell\n`,
  );
  if (falls.length > 0 || before.length === 0) process.exitCode = 1;
}

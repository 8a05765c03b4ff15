import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCorpus } from "../adapters/content/load-corpus.ts";
import { formatProblems, readFlowBook } from "../adapters/content/load-flow-book.ts";
import { readRules } from "../adapters/content/load-triage.ts";

/** `npm run content`: reads flows/ and intents/ as the server does and lists every mistake with file and line. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const intents = join(root, "intents");

const flows = readFlowBook(join(root, "flows"));
const rules = readRules(intents);
const corpus = loadCorpus(intents);
const problems = [...flows.problems, ...rules.problems, ...corpus.problems];

if (problems.length > 0) {
  process.stderr.write(`${problems.length} mistakes in the content:\n${formatProblems(problems)}\n`);
  process.exit(1);
}
process.stdout.write(
  `content ok: ${flows.book?.flows.size ?? 0} flows, ${flows.book?.helplines.size ?? 0} helplines\n`,
);

import { join } from "node:path";
import { createBotkitShell } from "../adapters/bot/botkit/create-botkit-shell.ts";
import { loadCorpus } from "../adapters/content/load-corpus.ts";
import { loadDevCorpus } from "../adapters/content/load-dev-corpus.ts";
import { loadFlowBook } from "../adapters/content/load-flow-book.ts";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import { createEventBus } from "../adapters/stores/embedded/create-event-bus.ts";
import { randomIds } from "../adapters/system/ids.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { createLogger } from "../adapters/telemetry/create-logger.ts";
import { createMetrics } from "../adapters/telemetry/create-metrics.ts";
import { createRulesOnlyAssessment } from "../app/assess-by-rules.ts";
import { UNKNOWN_OUTLOOK } from "../domain/staffing/outlook.ts";
import { normalise } from "../domain/text/normalise.ts";
import { benchGrowth } from "./benchmarks/bench-growth.ts";
import { benchHandoff } from "./benchmarks/bench-handoff.ts";
import { benchLive } from "./benchmarks/bench-live.ts";
import { benchSockets } from "./benchmarks/bench-sockets.ts";
import { benchTurns } from "./benchmarks/bench-turns.ts";
import { benchUnderstanding } from "./benchmarks/bench-understanding.ts";
import { benchWorkers } from "./benchmarks/bench-workers.ts";
import { type BenchRow, formatRows } from "./benchmarks/measure.ts";
import { writeTable } from "./benchmarks/write-table.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir, root } from "./shared/paths.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run bench [-- --json] [--growth] [--write]`: every figure with its baseline in the same run. Two cores and a quiet machine are
 * assumed. `--growth` measures only what changes with the number of stored conversations (up to 1,000,000; half an hour).
 * `--write` puts the table into docs/benchmarks.md.
 */

const triage = loadTriage(intentsDir);
const nlu = createModelNlu(await loadOwnModel());
const dev = loadDevCorpus(join(intentsDir, "dev")).messages;
const metrics = createMetrics();
const clock = systemClock;
const book = loadFlowBook(join(root, "flows"));
const content = { current: () => book };
const turnParts = {
  shell: createBotkitShell({ normalise, nlu, triage, content, clock, ids: randomIds, metrics }),
  content,
  assessByRules: createRulesOnlyAssessment(triage),
  outlook: { now: async () => UNKNOWN_OUTLOOK },
  events: createEventBus(),
  clock,
  ids: randomIds,
  log: createLogger("silent"),
  metrics,
};

const texts = dev.map(({ text }) => text);
const isGrowth = process.argv.includes("--growth");
const rows = isGrowth ? await benchGrowth(turnParts, texts, say) : await everythingElse();
if (process.argv.includes("--write"))
  writeTable(join(root, "docs", "benchmarks.md"), isGrowth ? "growth" : "bench", rows);
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(rows)}\n` : `${formatRows(rows)}\n`);
// The benchmark's server and libraries leave timers behind.
process.exit(0);

async function everythingElse(): Promise<BenchRow[]> {
  return [
    ...(await benchTurns(turnParts, texts)),
    ...(await benchWorkers(texts)),
    ...(await benchHandoff()),
    ...(await benchLive()),
    ...(await benchSockets()),
    ...(await benchUnderstanding({ triage, corpus: loadCorpus(intentsDir).items, dev })),
  ];
}

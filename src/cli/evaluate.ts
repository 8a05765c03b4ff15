import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCorpus } from "../adapters/content/load-corpus.ts";
import { type DevMessage, loadDevCorpus } from "../adapters/content/load-dev-corpus.ts";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { explain } from "../adapters/nlu/nlpjs/explain.ts";
import { loadModel } from "../adapters/nlu/nlpjs/load-nlu.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import { normalise } from "../domain/text/normalise.ts";
import { isAtLeast, RISK_LEVELS, type RiskLevel } from "../domain/taxonomy/risk.ts";
import { NO_RISK } from "../domain/triage/assessment.ts";
import type { Understanding } from "../domain/understanding/understanding.ts";

/** `npm run evaluate [-- --json | --errors | --explain "text"]`: how well messages of unknown writers are understood. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const intentsDir = join(root, "intents");

const model = await loadModel({
  intentsDir,
  modelDir: join(process.env["DATA_DIR"] || "./data", "models"),
  onProgress: (text) => process.stderr.write(text),
  readCorpus: loadCorpus,
});
const nlu = createModelNlu(model);

interface Judged {
  readonly message: DevMessage;
  readonly understanding: Understanding;
  readonly level: RiskLevel;
}

function judgeAll(): Judged[] {
  const triage = loadTriage(intentsDir);
  return loadDevCorpus(join(intentsDir, "dev")).messages.map((message) => {
    const utterance = normalise(message.text);
    const understanding = nlu.understand(utterance);
    const risk = triage.assess({
      utterance,
      understanding,
      evidence: nlu.weighRisk(utterance),
      held: NO_RISK,
    });
    return { message, understanding, level: risk.level };
  });
}

interface Slice {
  readonly messages: number;
  readonly accuracy: number;
  readonly macroF1: number;
}

function sliceOf(judged: readonly Judged[]): Slice {
  const right = judged.filter(isRight).length;
  return { messages: judged.length, accuracy: share(right, judged.length), macroF1: macroF1(judged) };
}

function isRight({ message, understanding }: Judged): boolean {
  return understanding.intent === message.intent;
}

function macroF1(judged: readonly Judged[]): number {
  const intents = [...new Set(judged.map(({ message }) => message.intent))];
  const scores = intents.map((intent) => {
    const hits = judged.filter((one) => one.message.intent === intent && isRight(one)).length;
    const found = judged.filter(({ understanding }) => understanding.intent === intent).length;
    const real = judged.filter(({ message }) => message.intent === intent).length;
    return (2 * hits) / (found + real);
  });
  return share(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  );
}

function share(part: number, all: number): number {
  return all === 0 ? 0 : Math.round((part / all) * 1000) / 1000;
}

function groupBy(judged: readonly Judged[], keyOf: (one: Judged) => string): Record<string, Slice> {
  const groups = grouped(judged, keyOf);
  return Object.fromEntries(
    [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([key, group]) => [key, sliceOf(group)]),
  );
}

function grouped<K>(judged: readonly Judged[], keyOf: (one: Judged) => K): Map<K, Judged[]> {
  const groups = new Map<K, Judged[]>();
  for (const one of judged) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function lengthOf({ message }: Judged): string {
  const words = message.text.trim().split(/\s+/).length;
  return words <= 4 ? "1-4 words" : words <= 12 ? "5-12 words" : words <= 24 ? "13-24 words" : "25+ words";
}

/** Mean distance between how sure it says it is and how often it is right, over tenths of confidence. */
function calibrationError(judged: readonly Judged[]): number {
  const groups = grouped(judged, ({ understanding }) =>
    Math.min(9, Math.floor(understanding.confidence * 10)),
  );
  let error = 0;
  for (const group of groups.values()) {
    const sure = group.reduce((sum, { understanding }) => sum + understanding.confidence, 0) / group.length;
    error += (group.length / judged.length) * Math.abs(sure - group.filter(isRight).length / group.length);
  }
  return Math.round(error * 1000) / 1000;
}

function confusions(judged: readonly Judged[]): { readonly pair: string; readonly times: number }[] {
  const wrong = judged.filter((one) => !isRight(one));
  const groups = grouped(
    wrong,
    ({ message, understanding }) => `${message.intent} → ${understanding.intent}`,
  );
  return [...groups]
    .map(([pair, group]) => ({ pair, times: group.length }))
    .sort((a, b) => b.times - a.times)
    .slice(0, 25);
}

function reportOf(judged: readonly Judged[]): object {
  const outside = judged.filter(({ message }) => message.intent === "out_of_scope");
  const inside = judged.filter(({ message }) => message.intent !== "out_of_scope");
  const told = judged.filter(({ message }) => message.audience !== "unknown");
  return {
    overall: sliceOf(judged),
    inScope: sliceOf(inside),
    byLocale: groupBy(judged, ({ message }) => message.locale),
    byStyle: groupBy(judged, ({ message }) => message.style),
    byAudience: groupBy(judged, ({ message }) => message.audience),
    byLength: groupBy(judged, lengthOf),
    outOfScope: {
      accepted: share(
        outside.filter(({ understanding }) => understanding.kind === "understood").length,
        outside.length,
      ),
      inScopeRejected: share(
        inside.filter(({ understanding }) => understanding.kind === "unclear").length,
        inside.length,
      ),
      rightButRejected: share(
        inside.filter(
          ({ message, understanding }) =>
            understanding.kind === "unclear" && bestGuess(understanding) === message.intent,
        ).length,
        inside.length,
      ),
    },
    audience: {
      whereTold: share(
        told.filter(({ message, understanding }) => message.audience === understanding.audience).length,
        told.length,
      ),
      all: share(
        judged.filter(({ message, understanding }) => message.audience === understanding.audience).length,
        judged.length,
      ),
    },
    locale: share(
      judged.filter(({ message, understanding }) => message.locale === understanding.locale).length,
      judged.length,
    ),
    calibrationError: calibrationError(judged),
    risk: riskOf(judged),
    confusions: confusions(judged),
  };
}

function bestGuess({ alternatives }: Understanding): string | undefined {
  return alternatives.find(({ intent }) => intent !== "out_of_scope")?.intent;
}

function riskOf(judged: readonly Judged[]): object {
  const calm = judged.filter(({ message }) => message.risk === "none");
  const recall = RISK_LEVELS.filter((level) => level !== "none").map((level) => {
    const real = judged.filter(({ message }) => message.risk === level);
    return [level, share(real.filter((one) => isAtLeast(one.level, level)).length, real.length)];
  });
  const alarms = RISK_LEVELS.filter((level) => level !== "none").map((level) => [
    level,
    share(calm.filter((one) => isAtLeast(one.level, level)).length, calm.length),
  ]);
  return {
    foundAtLeast: Object.fromEntries(recall) as object,
    alarmsOnCalm: Object.fromEntries(alarms) as object,
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function explainText(text: string): void {
  const utterance = normalise(text);
  const understanding = nlu.understand(utterance);
  say(`words: ${utterance.words.join(" ")}\n${JSON.stringify(understanding, null, 1)}`);
  for (const { intent } of understanding.alternatives.slice(0, 2)) {
    say(`\nfor and against ${intent}:`);
    for (const { feature, push } of explain(model, utterance, intent).slice(0, 20))
      say(`  ${push.toFixed(2).padStart(6)}  ${feature}`);
  }
}

function printReport(report: object): void {
  for (const [name, value] of Object.entries(report)) {
    if (name === "confusions") {
      say("confusions");
      for (const { pair, times } of value as ReturnType<typeof confusions>) say(`  ${times}  ${pair}`);
    } else say(`${name}  ${JSON.stringify(value)}`);
  }
}

const [flag, text] = process.argv.slice(2);
if (flag === "--explain") explainText(text ?? "");
else {
  const judged = judgeAll();
  if (flag === "--json") say(JSON.stringify(reportOf(judged)));
  else printReport(reportOf(judged));
  // The dev set is written by hand for this purpose, so its texts may be shown; what people write may not.
  if (flag === "--errors") {
    for (const one of judged.filter((each) => !isRight(each)))
      say(`${one.message.intent} → ${one.understanding.intent} | ${one.message.text}`);
  }
}

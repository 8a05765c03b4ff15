import { join } from "node:path";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { explain } from "../adapters/nlu/nlpjs/explain.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import type { Model } from "../adapters/nlu/nlpjs/model.ts";
import { normalise } from "../domain/text/normalise.ts";
import { createJudge, judgeMessages } from "./evaluation/judge.ts";
import { printUnderstanding } from "./evaluation/print-understanding.ts";
import { figuresOfUnderstanding, isRight } from "./evaluation/understanding-figures.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir } from "./shared/paths.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run evaluate`                      how well messages of unknown writers are understood (`intents/dev`)
 * `npm run evaluate -- --json`            the same as one JSON line
 * `npm run evaluate -- --errors`          and every message that was misunderstood
 * `npm run evaluate -- --explain "…"`     why a sentence is understood as it is
 */

function explainText(model: Model, text: string): void {
  const utterance = normalise(text);
  const understanding = createModelNlu(model).understand(utterance);
  say(`read as: ${utterance.words.join(" ")}\n${JSON.stringify(understanding, null, 1)}`);
  for (const { intent } of understanding.alternatives.slice(0, 2)) {
    say(`\nfor and against ${intent}:`);
    for (const { feature, push } of explain(model, utterance, intent).slice(0, 20))
      say(`  ${push.toFixed(2).padStart(6)}  ${feature}`);
  }
}

function evaluate(model: Model, flag: string | undefined): void {
  const judge = createJudge(loadTriage(intentsDir), createModelNlu(model));
  const judged = judgeMessages(join(intentsDir, "dev"), judge);
  const figures = figuresOfUnderstanding(judged);
  if (flag === "--json") say(JSON.stringify(figures));
  else for (const line of printUnderstanding(figures)) say(line);
  // The dev set is written by hand for this purpose, so its texts may be shown; what people write may not.
  if (flag === "--errors") {
    for (const one of judged.filter((each) => !isRight(each)))
      say(
        `${one.message.intent} → ${one.understanding.intent} (${one.understanding.confidence.toFixed(2)}) | ${one.message.text}`,
      );
  }
}

const [flag, text] = process.argv.slice(2);
const model = await loadOwnModel();
if (flag === "--explain") explainText(model, text ?? "");
else evaluate(model, flag);

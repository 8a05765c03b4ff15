import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadCorpus } from "../adapters/content/load-corpus.ts";
import { loadDevCorpus } from "../adapters/content/load-dev-corpus.ts";
import { loadRiskCorpus } from "../adapters/content/load-risk-corpus.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import type { Nlu } from "../app/ports.ts";
import { normalise } from "../domain/text/normalise.ts";
import { createTriage } from "../domain/triage/create-triage.ts";
import { Reading } from "../domain/triage/reading.ts";
import type { RuleBook } from "../domain/triage/rule-book.ts";
import { createJudge, judgeConversations, judgeMessages, judgeRisks } from "./evaluation/judge.ts";
import { printTriage } from "./evaluation/print-triage.ts";
import { asRisks, figuresOfTriage, type TriageFigures } from "./evaluation/triage-figures.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir } from "./shared/paths.ts";
import { say } from "./shared/say.ts";
import {
  bookOf,
  type Change,
  compareRules,
  type Labelled,
  withCommittedRules,
  withRuleFile,
} from "./triage/what-if.ts";

/**
 * `npm run triage`                      how much danger is caught and how often it cries wolf, with the model and without
 * `npm run triage -- --rules-only`      the same by rules alone (no model is loaded)
 * `npm run triage -- --text "…"`        what is seen in one sentence, and the words it rests on
 * `npm run triage -- --try`             what the rules as edited would change, against the last commit
 * `npm run triage -- --try my.yaml`     the same for a file that would replace or join those in intents/rules
 */

const { values, positionals } = parseArgs({
  options: { try: { type: "boolean" }, text: { type: "string" }, "rules-only": { type: "boolean" } },
  allowPositionals: true,
});

// ── one sentence ─────────────────────────────────────────────────────────────────────────────────

function explain(rules: RuleBook, text: string): void {
  const utterance = normalise(text);
  say(`read as: ${utterance.words.join(" ")}`);
  const reading = new Reading(rules, utterance);
  const hits = reading.hits();
  for (const { rule, spans } of hits) {
    const words = spans.map(({ start, end }) => `"${utterance.words.slice(start, end).join(" ")}"`);
    say(
      `  ${rule.signal.level.padEnd(9)} ${rule.signal.id}: ${rule.signal.reason.en} ${[...new Set(words)].join(", ")}`,
    );
  }
  if (hits.length === 0) say("  no rule holds");
  if (reading.isCalm()) say("  an idiom or a frame says that dangerous words here may be harmless");
}

// ── a changed rule file ──────────────────────────────────────────────────────────────────────────

function tryOut(now: RuleBook, file: string | undefined): void {
  const lines = everyLine();
  const other =
    file === undefined
      ? withCommittedRules(intentsDir, (dir) => bookOf(dir, say))
      : withRuleFile(intentsDir, file, (dir) => bookOf(dir, say));
  if (other === null) {
    process.exitCode = 1;
    return;
  }
  const changes = file === undefined ? compareRules(other, now, lines) : compareRules(now, other, lines);
  say(`${lines.length} lines of the corpus, rules alone:`);
  list("newly caught", changes.newlyCaught);
  list("newly false", changes.newlyFalse);
  list("no longer caught", changes.noLongerCaught);
  list("no longer false", changes.noLongerFalse);
}

function list(title: string, changes: readonly Change[]): void {
  say(`\n${title}: ${changes.length}`);
  for (const { text, level, before, after, by } of changes.slice(0, 60))
    say(`  ${before} → ${after} (is ${level}) ${by.join(", ")}: ${text}`);
}

function everyLine(): Labelled[] {
  const dev = loadDevCorpus(join(intentsDir, "dev")).messages.map(({ text, risk }) => ({
    text,
    level: risk,
  }));
  return [...loadCorpus(intentsDir).items, ...dev];
}

// ── how good it is ───────────────────────────────────────────────────────────────────────────────

function evaluate(rules: RuleBook, nlu: Nlu | null): void {
  const judge = createJudge(createTriage(rules), nlu);
  const how = nlu === null ? "by rules alone" : "rules and model";
  const show = (title: string, figures: TriageFigures) => {
    say(`\n═══ ${title}, ${how}`);
    for (const line of printTriage(figures)) say(line);
  };
  const heldOut = loadRiskCorpus(intentsDir, "dev/risk");
  show(
    "intents/dev/risk, never trained on",
    figuresOfTriage(judgeRisks(heldOut, judge), judgeConversations(heldOut, judge)),
  );
  const messages = judgeMessages(join(intentsDir, "dev"), judge);
  show("intents/dev, never trained on", figuresOfTriage(asRisks(messages), []));
  const learnt = loadRiskCorpus(intentsDir);
  show(
    "intents/risk, which the model has learnt",
    figuresOfTriage(judgeRisks(learnt, judge), judgeConversations(learnt, judge)),
  );
}

const book = bookOf(intentsDir, say);
if (book === null) process.exitCode = 1;
else if (values.text !== undefined) explain(book, values.text);
else if (values.try === true) tryOut(book, positionals[0]);
else evaluate(book, values["rules-only"] === true ? null : createModelNlu(await loadOwnModel()));

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadCorpus } from "../adapters/content/load-corpus.ts";
import { loadDevCorpus } from "../adapters/content/load-dev-corpus.ts";
import { loadRiskCorpus, type RiskConversation } from "../adapters/content/load-risk-corpus.ts";
import { loadNlu } from "../adapters/nlu/nlpjs/load-nlu.ts";
import type { Nlu } from "../app/ports.ts";
import { isAtLeast, type RiskLevel, riskRank } from "../domain/taxonomy/risk.ts";
import { normalise } from "../domain/text/normalise.ts";
import { NO_RISK, type RiskAssessment } from "../domain/triage/assessment.ts";
import { createTriage } from "../domain/triage/create-triage.ts";
import { raiseRisk } from "../domain/triage/raise-risk.ts";
import { Reading } from "../domain/triage/reading.ts";
import type { RuleBook } from "../domain/triage/rule-book.ts";
import type { Understanding } from "../domain/understanding/understanding.ts";
import { formatShare, type Share, sharesBy } from "./triage/figures.ts";
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
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const intentsDir = join(root, "intents");
const say = (line: string) => process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  options: { try: { type: "boolean" }, text: { type: "string" }, "rules-only": { type: "boolean" } },
  allowPositionals: true,
});

function loadModel(): Promise<Nlu> {
  const modelDir = join(process.env["DATA_DIR"] || "./data", "models");
  return loadNlu({
    intentsDir,
    modelDir,
    onProgress: (text) => process.stderr.write(text),
    readCorpus: loadCorpus,
  });
}

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

interface Judged extends Labelled {
  readonly category: string;
  readonly style: string;
  readonly kind: string;
  readonly seen: RiskAssessment;
}

const UNCLEAR: Understanding = {
  kind: "unclear",
  reason: "nlu-down",
  intent: "out_of_scope",
  confidence: 0,
  alternatives: [],
  locale: "vi",
  audience: "unknown",
};

async function evaluate(rules: RuleBook, nlu: Nlu | null): Promise<void> {
  const triage = createTriage(rules);
  const judge = (text: string, held: RiskAssessment) => {
    const utterance = normalise(text);
    return triage.assess({
      utterance,
      understanding: nlu?.understand(utterance) ?? UNCLEAR,
      evidence: nlu?.weighRisk(utterance) ?? null,
      held,
    });
  };
  const corpus = loadRiskCorpus(intentsDir);
  const dev = loadDevCorpus(join(intentsDir, "dev")).messages.map(
    (message): Judged => ({
      ...message,
      level: message.risk,
      kind: message.intent,
      seen: judge(message.text, NO_RISK),
    }),
  );
  say(`intents/dev, never trained on, ${nlu === null ? "by rules alone" : "rules and model"}`);
  report("emergency and urgent seen as such", dev.filter(isGrave), (row) =>
    isAtLeast(row.seen.level, "urgent"),
  );
  report(
    "concern and above seen at all",
    dev.filter((row) => row.level !== "none"),
    isSeen,
  );
  print(
    "… by level",
    sharesBy(
      dev.filter((row) => row.level !== "none"),
      isSeen,
      (row) => row.level,
    ),
  );
  const calm = dev.filter((row) => row.level === "none");
  print("false alarms", sharesBy(calm, isSeen, (row) => row.kind).slice(0, 12));
  print("false handoffs", sharesBy(calm, isHandoff, (row) => row.kind).slice(0, 1));
  const negatives = corpus.messages
    .filter((message) => message.level === "none")
    .map(
      (message): Judged => ({
        ...message,
        style: message.locale,
        kind: message.kind ?? "other",
        seen: judge(message.text, NO_RISK),
      }),
    );
  say(
    nlu === null
      ? "\nhard negatives"
      : "\nhard negatives of intents/risk (the model has learned them: see --rules-only)",
  );
  print(
    "false alarms by kind",
    sharesBy(negatives, isSeen, (row) => row.kind),
  );
  print("false handoffs", sharesBy(negatives, isHandoff, (row) => row.kind).slice(0, 1));
  print(
    "\nconversations",
    sharesBy(
      corpus.conversations,
      (each) => holdsUp(each, judge),
      (each) => ("reach" in each ? "must escalate" : "harmless"),
    ),
  );
}

const isGrave = (row: Labelled) => isAtLeast(row.level, "urgent");
const isSeen = (row: Judged) => row.seen.level !== "none";
const isHandoff = (row: Judged) => isAtLeast(row.seen.level, "urgent");

function holdsUp(
  conversation: RiskConversation,
  judge: (text: string, held: RiskAssessment) => RiskAssessment,
): boolean {
  let held = NO_RISK;
  const levels: RiskLevel[] = [];
  for (const turn of conversation.turns) {
    held = raiseRisk(held, judge(turn, held));
    levels.push(held.level);
  }
  if ("reach" in conversation)
    return isAtLeast(levels[conversation.reach.turn - 1] ?? "none", conversation.reach.level);
  return riskRank(held.level) <= riskRank(conversation["at-most"]);
}

function report(title: string, rows: readonly Judged[], isHit: (row: Judged) => boolean): void {
  print(
    title,
    sharesBy(rows, isHit, (row) => row.style),
  );
  print("… by category", sharesBy(rows, isHit, (row) => row.category).slice(1));
}

function print(title: string, shares: readonly Share[]): void {
  say(title);
  for (const share of shares) say(formatShare(share));
}

const book = bookOf(intentsDir, say);
if (book === null) process.exitCode = 1;
else if (values.text !== undefined) explain(book, values.text);
else if (values.try === true) tryOut(book, positionals[0]);
else await evaluate(book, values["rules-only"] === true ? null : await loadModel());

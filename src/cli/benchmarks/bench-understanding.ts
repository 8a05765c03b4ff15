import { monitorEventLoopDelay } from "node:perf_hooks";
import type { CorpusItem } from "../../adapters/content/load-corpus.ts";
import type { DevMessage } from "../../adapters/content/load-dev-corpus.ts";
import { encodeModel } from "../../adapters/nlu/nlpjs/model-file.ts";
import { createModelNlu } from "../../adapters/nlu/nlpjs/model-nlu.ts";
import { trainStockBaseline } from "../../adapters/nlu/nlpjs/stock-baseline.ts";
import { trainModel, trainOnThread } from "../../adapters/nlu/nlpjs/train-model.ts";
import { normalise } from "../../domain/text/normalise.ts";
import { NO_RISK } from "../../domain/triage/assessment.ts";
import type { Triage } from "../../domain/triage/triage.ts";
import { trainLinearBaseline } from "./linear-baseline.ts";
import { type BenchRow, quantile, timeEach } from "./measure.ts";

export interface UnderstandingBench {
  readonly triage: Triage;
  readonly corpus: readonly CorpusItem[];
  readonly dev: readonly DevMessage[];
}

interface Peer {
  readonly name: string;
  readonly answer: (text: string) => string | Promise<string>;
  readonly trainingMs: number;
  readonly bytes: number | null;
}

const MOST_WORDS = 30;

/**
 * Ours beside nlp.js as it comes and a plain linear model: trained in this run on the same lines, asked the same
 * messages that none of them has seen. Only ours does triage too, in the same time.
 */
export async function benchUnderstanding({ triage, corpus, dev }: UnderstandingBench): Promise<BenchRow[]> {
  const { peer: ours, triageOnly, stallMs } = await trainOurs(triage, corpus);
  const stock = await trainStockBaseline(corpus);
  const linear = trainLinearBaseline(
    corpus.flatMap(({ text, intent }) => (intent === null ? [] : [{ text, label: intent }])),
  );
  const peers: Peer[] = [
    { ...stock, name: "nlp.js as it comes", bytes: stock.bytes },
    { ...linear, name: "linear on words" },
  ];
  const short = dev.filter(({ text }) => text.split(/\s+/).length <= MOST_WORDS);
  const timeOf = async (answer: Peer["answer"]) => {
    const text = (index: number) => short[index % short.length]?.text ?? "";
    await timeEach(short.length, (index) => answer(text(index)));
    return timeEach(short.length * 2, (index) => answer(text(index)));
  };
  const ourSpans = await timeOf(ours.answer);
  const triageSpans = await timeOf(triageOnly);
  const rows: BenchRow[] = [
    budgetRow("triage, rules and policy, up to 30 words: p50", quantile(triageSpans, 0.5), 0.1),
    ...(await slices(ours, dev, peers)),
    { ...budgetRow("training: ours, on worker threads", ours.trainingMs / 1000, 60), unit: "s" },
    budgetRow("training: longest stall of the event loop meanwhile", stallMs, null),
  ];
  for (const peer of peers) {
    const spans = await timeOf(peer.answer);
    const baseline = (value: number) => ({ name: peer.name, value });
    rows.push(
      ...([0.5, 0.99] as const).map(
        (p): BenchRow => ({
          ...budgetRow(
            `understand and triage, up to 30 words: p${100 * p}`,
            quantile(ourSpans, p),
            p === 0.5 ? 0.2 : 1,
          ),
          baseline: baseline(quantile(spans, p)),
        }),
      ),
      {
        ...budgetRow("training: time", ours.trainingMs / 1000, null),
        unit: "s",
        baseline: baseline(peer.trainingMs / 1000),
      },
    );
    if (peer.bytes !== null)
      rows.push({
        ...budgetRow("model: size", (ours.bytes ?? 0) / 1e6, null),
        unit: "MB",
        baseline: baseline(peer.bytes / 1e6),
      });
  }
  return rows;
}

async function trainOurs(triage: Triage, corpus: readonly CorpusItem[]) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = Date.now();
  const model = await trainModel(corpus, { trainPart: trainOnThread, onProgress: () => undefined });
  const trainingMs = Date.now() - started;
  delay.disable();
  const nlu = createModelNlu(model);
  const answer = (text: string) => {
    const utterance = normalise(text);
    const understanding = nlu.understand(utterance);
    triage.assess({ utterance, understanding, evidence: nlu.weighRisk(utterance), held: NO_RISK });
    return understanding.intent;
  };
  const known = new Map<string, Parameters<Triage["assess"]>[0]>();
  // Reading and understanding are done once before, so that the clock sees triage alone.
  const triageOnly = (text: string) => {
    const input = known.get(text);
    if (input !== undefined) return triage.assess(input).level;
    const utterance = normalise(text);
    known.set(text, {
      utterance,
      understanding: nlu.understand(utterance),
      evidence: nlu.weighRisk(utterance),
      held: NO_RISK,
    });
    return "";
  };
  const bytes = encodeModel(model, "bench").byteLength;
  const peer: Peer = { name: "ours", answer, trainingMs, bytes };
  return { peer, triageOnly, stallMs: delay.max / 1e6 };
}

async function slices(ours: Peer, dev: readonly DevMessage[], peers: readonly Peer[]): Promise<BenchRow[]> {
  const parts = new Map<string, DevMessage[]>([["all", [...dev]]]);
  for (const message of dev) parts.set(message.style, [...(parts.get(message.style) ?? []), message]);
  const rows: BenchRow[] = [];
  for (const [style, messages] of parts) {
    const ourShare = await rightShare(ours, messages);
    for (const peer of peers)
      rows.push({
        name: `intents right, unseen messages: ${style}`,
        figure: `of ${messages.length}`,
        value: ourShare,
        unit: "%",
        baseline: { name: peer.name, value: await rightShare(peer, messages) },
        budget: null,
      });
  }
  return rows;
}

async function rightShare({ answer }: Peer, messages: readonly DevMessage[]): Promise<number> {
  let right = 0;
  for (const { text, intent } of messages) if ((await answer(text)) === intent) right++;
  return (100 * right) / messages.length;
}

function budgetRow(what: string, value: number, budget: number | null): BenchRow {
  const [name = "", figure = ""] = what.split(": ");
  return { name, figure, value, unit: "ms", baseline: null, budget };
}

import type { DevMessage } from "../../adapters/content/load-dev-corpus.ts";
import type { CorpusItem } from "../../adapters/content/load-corpus.ts";
import { trainStockBaseline } from "../../adapters/nlu/nlpjs/stock-baseline.ts";
import type { Nlu } from "../../app/ports.ts";
import { normalise } from "../../domain/text/normalise.ts";
import { NO_RISK } from "../../domain/triage/assessment.ts";
import type { Triage } from "../../domain/triage/triage.ts";
import { type BenchRow, quantile, timeEach } from "./measure.ts";

export interface UnderstandingBench {
  readonly nlu: Nlu;
  readonly triage: Triage;
  readonly corpus: readonly CorpusItem[];
  readonly dev: readonly DevMessage[];
}

const MOST_WORDS = 30;

/** Time and accuracy of one message, ours beside nlp.js as it comes, on messages that neither was trained on. */
export async function benchUnderstanding({
  nlu,
  triage,
  corpus,
  dev,
}: UnderstandingBench): Promise<BenchRow[]> {
  const stock = await trainStockBaseline(corpus);
  const short = dev.filter(({ text }) => text.split(/\s+/).length <= MOST_WORDS);
  const ours = (text: string) => {
    const utterance = normalise(text);
    const understanding = nlu.understand(utterance);
    triage.assess({ utterance, understanding, evidence: nlu.weighRisk(utterance), held: NO_RISK });
    return understanding.intent;
  };
  const text = (index: number) => short[index % short.length]?.text ?? "";
  await timeEach(short.length, (index) => ours(text(index)));
  await timeEach(short.length, (index) => stock.answer(text(index)));
  const ourSpans = await timeEach(short.length * 2, (index) => ours(text(index)));
  const stockSpans = await timeEach(short.length * 2, (index) => stock.answer(text(index)));

  let [ourRight, stockRight] = [0, 0];
  for (const message of dev) {
    if (ours(message.text) === message.intent) ourRight++;
    if ((await stock.answer(message.text)) === message.intent) stockRight++;
  }
  const time = (figure: string, p: number, budget: number): BenchRow => ({
    name: "understand and triage, up to 30 words",
    figure,
    value: quantile(ourSpans, p),
    unit: "ms",
    baseline: { name: "nlp.js process()", value: quantile(stockSpans, p) },
    budget,
  });
  return [
    time("p50", 0.5, 0.2),
    time("p99", 0.99, 1),
    {
      name: "intents right on unseen messages",
      figure: `of ${dev.length}`,
      value: (100 * ourRight) / dev.length,
      unit: "%",
      baseline: { name: "nlp.js as it comes", value: (100 * stockRight) / dev.length },
      budget: null,
    },
    {
      name: "training",
      figure: "nlp.js as it comes, synchronous",
      value: stock.trainingMs / 1000,
      unit: "s",
      baseline: null,
      budget: null,
    },
  ];
}

import { containerBootstrap } from "@nlpjs/core";
import { Nlp } from "@nlpjs/nlp";
import { NluNeural } from "@nlpjs/nlu";
import type { TrainingItem } from "./training-item.ts";

export interface StockBaseline {
  /** The intent that nlp.js names, whatever it thinks of its own answer. */
  readonly answer: (text: string) => Promise<string>;
  readonly trainingMs: number;
  /** Of its own export. */
  readonly bytes: number;
}

/** nlp.js as it comes, language guess and all, trained on the same lines: what `npm run bench` holds us against. */
export async function trainStockBaseline(items: readonly TrainingItem[]): Promise<StockBaseline> {
  const container = await containerBootstrap();
  container.use(NluNeural);
  const nlp = new Nlp({
    container,
    autoSave: false,
    autoLoad: false,
    languages: ["vi", "en"],
    forceNER: false,
    nlu: { log: false },
  });
  for (const locale of ["vi", "en"]) nlp.addLanguage(locale);
  for (const { text, locale, intent } of items) if (intent !== null) nlp.addDocument(locale, text, intent);
  const started = Date.now();
  await nlp.train();
  const trainingMs = Date.now() - started;
  const answer = async (text: string) => {
    const { classifications } = await nlp.process(text);
    return classifications[0]?.intent ?? "None";
  };
  return { answer, trainingMs, bytes: Buffer.byteLength(nlp.export(true)) };
}

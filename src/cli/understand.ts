import { createInterface } from "node:readline";
import { z } from "zod";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import { normalise } from "../domain/text/normalise.ts";
import { NO_RISK } from "../domain/triage/assessment.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir } from "./shared/paths.ts";

/** `npm run understand`: JSON lines in, JSON lines out, by the same code that answers people. Each line stands alone. */
const triage = loadTriage(intentsDir);
const nlu = createModelNlu(await loadOwnModel());

// `locale` and `audience` may be sent along; the text alone is judged, as in a first message.
const Asked = z.object({ id: z.unknown(), text: z.string() });

function answer(line: string): object {
  const asked = parse(line);
  if ("error" in asked) return asked;
  const utterance = normalise(asked.text);
  const understanding = nlu.understand(utterance);
  const risk = triage.assess({ utterance, understanding, evidence: nlu.weighRisk(utterance), held: NO_RISK });
  return {
    id: asked.id ?? null,
    locale: understanding.locale,
    intent: understanding.intent,
    confidence: rounded(understanding.confidence),
    alternatives: understanding.alternatives.map(({ intent, confidence }) => ({
      intent,
      confidence: rounded(confidence),
    })),
    audience: understanding.audience,
    risk: { level: risk.level, category: risk.category, signals: risk.signals.map(({ id }) => id) },
  };
}

function parse(line: string): z.infer<typeof Asked> | { readonly id: unknown; readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: "this line is no JSON" };
  }
  const asked = Asked.safeParse(value);
  if (asked.success) return asked.data;
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return { id, error: 'a line is {"id": …, "text": "…"}' };
}

function rounded(chance: number): number {
  return Math.round(chance * 1e4) / 1e4;
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() === "") continue;
  if (!process.stdout.write(`${JSON.stringify(answer(line))}\n`))
    await new Promise((resolve) => process.stdout.once("drain", resolve));
}

import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { createBotkitShell } from "../adapters/bot/botkit/create-botkit-shell.ts";
import { loadFlowBook } from "../adapters/content/load-flow-book.ts";
import { loadTriage } from "../adapters/content/load-triage.ts";
import { createModelNlu } from "../adapters/nlu/nlpjs/model-nlu.ts";
import { createEmbeddedStore } from "../adapters/stores/embedded/create-embedded-store.ts";
import { createEventBus } from "../adapters/stores/embedded/create-event-bus.ts";
import { createMemoryKeyValue } from "../adapters/stores/embedded/memory-key-value.ts";
import { randomIds } from "../adapters/system/ids.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { createLogger } from "../adapters/telemetry/create-logger.ts";
import { createMetrics } from "../adapters/telemetry/create-metrics.ts";
import { createRulesOnlyAssessment } from "../app/assess-by-rules.ts";
import { createInboundHandler } from "../app/handle-inbound.ts";
import type { Nlu } from "../app/ports.ts";
import type { TurnRequest, TurnShell } from "../app/turn-shell.ts";
import { MAX_TEXT_LENGTH, type InboundMessage, type Speech } from "../domain/conversation/message.ts";
import type { Outcome } from "../domain/conversation/outcome.ts";
import { ConversationId } from "../domain/kernel/ids.ts";
import { Locale } from "../domain/taxonomy/speaker.ts";
import { UNKNOWN_OUTLOOK } from "../domain/staffing/outlook.ts";
import { normalise } from "../domain/text/normalise.ts";
import { loadOwnModel } from "./shared/load-own-model.ts";
import { intentsDir, root } from "./shared/paths.ts";

/** One conversation in, as one JSON line. */
const Request = z.object({
  id: z.union([z.string(), z.number()]),
  turns: z.array(z.string()).max(200),
  locale: Locale.optional(),
});

/** The intent of the last turn taken, which the stored conversation does not keep. */
function listening(nlu: Nlu): Nlu & { heard: string } {
  const ear = {
    heard: "out_of_scope",
    understand: (utterance: Parameters<Nlu["understand"]>[0]) => {
      const understanding = nlu.understand(utterance);
      ear.heard = understanding.intent;
      return understanding;
    },
    weighRisk: (utterance: Parameters<Nlu["weighRisk"]>[0]) => nlu.weighRisk(utterance),
  };
  return ear;
}

async function converse(): Promise<void> {
  const book = loadFlowBook(join(root, "flows"));
  const content = { current: () => book };
  const triage = loadTriage(intentsDir);
  const nlu = listening(createModelNlu(await loadOwnModel()));
  const metrics = createMetrics();
  const shell = keepingLast(
    createBotkitShell({ normalise, nlu, triage, content, clock: systemClock, ids: randomIds, metrics }),
  );
  const store = createEmbeddedStore(createMemoryKeyValue(), { clock: systemClock });
  const handle = createInboundHandler({
    store,
    shell,
    content,
    events: createEventBus(),
    clock: systemClock,
    log: createLogger("error"),
    metrics,
    ids: randomIds,
    assessByRules: createRulesOnlyAssessment(triage),
    outlook: { now: async () => UNKNOWN_OUTLOOK },
  });

  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const parsed = Request.safeParse(toJson(line));
    if (!parsed.success) {
      process.stdout.write(`${JSON.stringify({ error: "a line must be {id, turns: [string], locale?}" })}\n`);
      continue;
    }
    const { id, turns, locale } = parsed.data;
    const conversationId = ConversationId.parse(`c${randomIds.next()}`);
    const answers: unknown[] = [];
    let handedOff = false;
    for (const [index, text] of turns.entries()) {
      const message: InboundMessage = {
        conversationId,
        channel: "web",
        channelMessageId: `turn-${index}`,
        receivedAt: systemClock.now(),
        content: { kind: "text", text: text.toWellFormed().slice(0, MAX_TEXT_LENGTH) },
        ...(locale === undefined ? {} : { localeHint: locale }),
      };
      nlu.heard = "out_of_scope";
      await store.enqueue(message);
      await handle(message);
      const answer = describe(shell.last, nlu.heard);
      handedOff = handedOff || answer.handoff;
      answers.push({ ...answer, handoff: handedOff });
    }
    process.stdout.write(`${JSON.stringify({ id, turns: answers })}\n`);
    await store.erase(conversationId);
  }
  await store.close();
}

function keepingLast(shell: TurnShell): TurnShell & { last: Outcome | null } {
  const kept = {
    last: null as Outcome | null,
    takeTurn: async (request: TurnRequest) => {
      kept.last = null;
      kept.last = await shell.takeTurn(request);
      return kept.last;
    },
  };
  return kept;
}

/** `handoff`: the case is in the queue, or a counsellor is offered beside an emergency card. */
function describe(outcome: Outcome | null, intent: string) {
  const speeches = (outcome?.entries ?? []).flatMap((entry) =>
    entry.speech === undefined ? [] : [entry.speech],
  );
  const conversation = outcome?.conversation;
  const mode = conversation?.mode.kind ?? "bot";
  const risk = conversation?.risk ?? { level: "none", category: "none" };
  const emergency = speeches.some((speech) => speech.tone === "emergency");
  return {
    said: speeches.map(sayAll),
    intent,
    risk: { level: risk.level, category: risk.category },
    mode,
    handoff: mode === "waiting" || mode === "live" || emergency,
    helplines: [...new Set(speeches.flatMap((speech) => speech.helplines.map((card) => card.number)))],
  };
}

function sayAll({ text, points, helplines }: Speech): string {
  const cards = helplines.map((card) => `${card.number} – ${card.name}`);
  return [text, ...points.map((point, index) => `${index + 1}. ${point}`), ...cards].join("\n");
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

await converse();

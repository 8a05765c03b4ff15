import { ActivityTypes, type Storage, TurnContext } from "botbuilder-core";
import { Botkit, type BotkitMessage, type BotWorker } from "botkit";
import { AppError } from "../../../app/errors.ts";
import type { Clock, ContentSource, Ids, Metrics, Nlu } from "../../../app/ports.ts";
import type { TurnRequest, TurnShell } from "../../../app/turn-shell.ts";
import type { Conversation } from "../../../domain/conversation/conversation.ts";
import type { Outcome } from "../../../domain/conversation/outcome.ts";
import { readingsOf } from "../../../domain/conversation/hold-answer.ts";
import { takeTurn } from "../../../domain/conversation/take-turn.ts";
import { HandoffId } from "../../../domain/kernel/ids.ts";
import type { IntentId } from "../../../domain/taxonomy/intent.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import { NO_RISK } from "../../../domain/triage/assessment.ts";
import { framingTexts, readTogether } from "../../../domain/triage/together.ts";
import type { ReadText, Triage } from "../../../domain/triage/triage.ts";
import { NOTHING_TO_READ } from "../../../domain/understanding/nothing-to-read.ts";
import type { Understanding } from "../../../domain/understanding/understanding.ts";
import { CollectingAdapter } from "./collecting-adapter.ts";
import { checkSpeech } from "./check-speech.ts";
import { openSlot, slotOf, type TurnSlot } from "./turn-slot.ts";

export interface BotkitShellDeps {
  readonly normalise: (text: string) => Utterance;
  readonly nlu: Nlu;
  readonly triage: Triage;
  readonly content: ContentSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly metrics: Metrics;
  /** Longest a turn may take, milliseconds. */
  readonly timeLimitMs?: number;
}

/** Words that hold everywhere, whatever question is open: they are never read as the answer to a button. */
const GLOBAL_INTENTS: ReadonlySet<IntentId> = new Set([
  "talk_to_human",
  "delete_data",
  "change_language",
  "help_menu",
]);

/** Botkit keeps nothing: conversations live in our store, and only there (ADR 1). */
const NO_STORAGE: Storage = { read: async () => ({}), write: async () => {}, delete: async () => {} };

/**
 * Botkit as the shell of a turn: ingest normalises, receive understands and triages, an interrupt or the
 * message event decides, send checks what leaves. No handler throws and none does I/O: whatever goes wrong is
 * noted in the turn's slot and raised after Botkit has returned, because a throw inside Botkit ends the process.
 */
export function createBotkitShell(deps: BotkitShellDeps): TurnShell {
  const adapter = new CollectingAdapter();
  const controller = new Botkit({
    adapter,
    storage: NO_STORAGE,
    disable_webserver: true,
    disable_console: true,
  });

  // Middleware of two arguments: with three, a forgotten `next` would hang the turn for ever.
  controller.middleware.ingest.use(async (_bot: BotWorker, message: BotkitMessage) => {
    guard(slotOf(message), (slot) => {
      const { content } = slot.request.message;
      slot.utterance = content.kind === "text" ? deps.normalise(content.text) : null;
    });
  });
  controller.middleware.receive.use(async (_bot: BotWorker, message: BotkitMessage) => {
    guard(slotOf(message), (slot) => hear(deps, slot));
  });
  controller.middleware.send.use(async (_bot: BotWorker, activity: { channelData?: unknown }) => {
    checkSpeech(deps.content.current(), activity);
  });

  const answer = async (bot: BotWorker, message: BotkitMessage) => {
    const slot = slotOf(message);
    guard(slot, () => decide(deps, slot));
    for (const entry of slot.outcome?.entries ?? []) {
      if (entry.speech !== undefined)
        await bot.say({ text: entry.speech.text, channelData: { speech: entry.speech } });
    }
  };
  controller.interrupts(
    async (message: BotkitMessage) => isGlobalWord(slotOf(message)),
    "message",
    async (bot: BotWorker, message: BotkitMessage) => {
      slotOf(message).isInterrupt = true;
      await answer(bot, message);
    },
  );
  controller.on("message", answer);

  return {
    async takeTurn(request) {
      const slot = openSlot(request);
      const context = new TurnContext(adapter, toActivity(request));
      await withinLimit(
        adapter.run(context, slot, (turn) => controller.handleTurn(turn)),
        deps.timeLimitMs ?? 10_000,
      );
      if (slot.failure !== null) throw slot.failure.cause;
      if (slot.outcome === null) throw new AppError("TURN_WITHOUT_OUTCOME");
      countReading(deps.metrics, slot);
      return withCheckedSpeech(slot.outcome, slot);
    },
  };
}

/** A shift in how often danger is seen, or in how much is understood, is how a broken model or a flood first shows. */
function countReading(metrics: Metrics, { assessment, understanding }: TurnSlot): void {
  if (assessment !== null) metrics.count("messages_by_risk_total", { level: assessment.level });
  if (understanding !== null) metrics.count("messages_understood_total", { result: understanding.kind });
}

function guard(slot: TurnSlot, work: (slot: TurnSlot) => void): void {
  if (slot.failure !== null) return;
  try {
    work(slot);
  } catch (cause) {
    slot.failure = { cause };
  }
}

/** A dead model is "unclear", not a dead turn: triage by text rules still runs, and a person is offered. */
function hear(deps: BotkitShellDeps, slot: TurnSlot): void {
  const { utterance, request } = slot;
  if (utterance === null) return;
  const { message, before } = request;
  const alone = read(deps, utterance, before);
  slot.understanding = understandBurst(deps, slot.request, alone.understanding);
  if (alone.understanding.reason === "nlu-down") deps.metrics.count("nlu_failures_total");
  const text = message.content.kind === "text" ? message.content.text : "";
  const joined = readTogether(before.recent, text, deps.clock.now());
  const together = joined === null ? null : read(deps, deps.normalise(joined), before);
  const framing = () => framingTexts(before.recent, deps.clock.now()).map(deps.normalise);
  slot.assessment = deps.triage.assess({ ...alone, together, before: framing, held: before.risk });
}

/** What several short messages mean as one; risk is weighed on each of them and on both readings elsewhere. */
function understandBurst(
  { nlu, normalise }: BotkitShellDeps,
  { message, before }: TurnRequest,
  alone: Understanding,
): Understanding {
  if (before.unanswered === 0 || isGlobal(alone)) return alone;
  for (const text of readingsOf(before, message)) {
    const reading = unlessBroken(() => nlu.understand(normalise(text)));
    if (reading?.kind === "understood") return reading;
  }
  return alone;
}

function read({ nlu }: BotkitShellDeps, utterance: Utterance, { locale, audience }: Conversation): ReadText {
  return {
    utterance,
    understanding: unlessBroken(() => nlu.understand(utterance)) ?? {
      ...NOTHING_TO_READ,
      reason: "nlu-down",
      locale,
      audience,
    },
    evidence: unlessBroken(() => nlu.weighRisk(utterance)),
  };
}

function unlessBroken<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function isGlobalWord(slot: TurnSlot): boolean {
  const { understanding, assessment } = slot;
  return understanding !== null && isGlobal(understanding) && (assessment ?? NO_RISK).level === "none";
}

function isGlobal({ kind, intent }: Understanding): boolean {
  return kind === "understood" && GLOBAL_INTENTS.has(intent);
}

function decide(deps: BotkitShellDeps, slot: TurnSlot): void {
  const { before, message, openHandoff, outlook } = slot.request;
  const { locale, audience } = before;
  const turn = {
    message,
    understanding: slot.understanding ?? { ...NOTHING_TO_READ, locale, audience },
    assessment: slot.assessment ?? NO_RISK,
    now: deps.clock.now(),
    openHandoff,
    outlook,
    newHandoffId: HandoffId.parse(deps.ids.next()),
  };
  slot.outcome = takeTurn(
    slot.isInterrupt ? { ...before, openButtons: [] } : before,
    turn,
    deps.content.current(),
  );
}

function toActivity({ message }: TurnRequest) {
  return {
    type: ActivityTypes.Message,
    id: message.channelMessageId,
    channelId: message.channel,
    // Botkit wants a text; ours stays in the slot, where no library code logs or stores it.
    text: "",
    from: { id: message.conversationId, name: "" },
    recipient: { id: "ke-ben", name: "" },
    conversation: { id: message.conversationId, isGroup: false, conversationType: "", name: "" },
  };
}

/** The words that passed the send middleware are the ones that are committed. */
function withCheckedSpeech(outcome: Outcome, slot: TurnSlot): Outcome {
  const speeches = [...slot.sent];
  const entries = outcome.entries.map((entry) => {
    const speech = entry.speech === undefined ? undefined : speeches.shift();
    return speech === undefined ? entry : { ...entry, speech };
  });
  return { ...outcome, entries };
}

async function withinLimit(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("TURN_TIMED_OUT")), limitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

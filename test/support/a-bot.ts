import { createBotkitShell } from "../../src/adapters/bot/botkit/create-botkit-shell.ts";
import { createEmbeddedStore } from "../../src/adapters/stores/embedded/create-embedded-store.ts";
import { createEventBus } from "../../src/adapters/stores/embedded/create-event-bus.ts";
import { createMemoryKeyValue } from "../../src/adapters/stores/embedded/memory-key-value.ts";
import { randomIds } from "../../src/adapters/system/ids.ts";
import { createHandoffActs } from "../../src/app/act-on-handoff.ts";
import { createRulesOnlyAssessment } from "../../src/app/assess-by-rules.ts";
import { createCardPictures } from "../../src/app/create-card-pictures.ts";
import type { CardPictures, Logger, Metrics, Nlu, Store } from "../../src/app/ports.ts";
import { createPresence, type Presence } from "../../src/app/presence.ts";
import type { WaitingOutlook } from "../../src/app/waiting-outlook.ts";
import type { InboundDeps } from "../../src/app/handle-inbound.ts";
import type { FlowBook } from "../../src/domain/dialogue/flow-book.ts";
import { UNKNOWN_OUTLOOK } from "../../src/domain/staffing/outlook.ts";
import { normalise } from "../../src/domain/text/normalise.ts";
import type { Triage } from "../../src/domain/triage/triage.ts";
import { theFlowBook } from "./flow-book.ts";
import { createSimulatedClock, type SimulatedClock } from "./simulated-clock.ts";
import { stubNlu, stubTriage } from "./stub-understanding.ts";

export interface ABot extends InboundDeps {
  readonly book: FlowBook;
  readonly clock: SimulatedClock;
  readonly actOnHandoff: ReturnType<typeof createHandoffActs>;
  readonly presence: Presence;
  readonly outlook: WaitingOutlook;
  readonly logged: string[];
  readonly cards: CardPictures;
}

/** The smallest PNG there is: how a card is drawn is tested elsewhere. */
const A_PIXEL = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

/** The whole application on an in-memory store, with real content and the real Botkit shell. */
export function aBot(
  over: { nlu?: Nlu; triage?: Triage; store?: Store; metrics?: Metrics; outlook?: WaitingOutlook } = {},
): ABot {
  const clock = createSimulatedClock();
  const book = theFlowBook();
  const content = { current: () => book };
  const triage = over.triage ?? stubTriage;
  const store = over.store ?? createEmbeddedStore(createMemoryKeyValue(), { clock });
  const events = createEventBus();
  const logged: string[] = [];
  const note = (event: string, fields?: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const log: Logger = { info: note, warn: note, error: note };
  const metrics: Metrics = over.metrics ?? { count: () => {}, observe: () => {}, gauge: () => {} };
  const shell = createBotkitShell({
    normalise,
    nlu: over.nlu ?? stubNlu,
    triage,
    content,
    clock,
    ids: randomIds,
    metrics,
    timeLimitMs: 1000,
  });
  return {
    store,
    shell,
    content,
    book,
    events,
    clock,
    ids: randomIds,
    log,
    metrics,
    logged,
    cards: createCardPictures(content, async () => A_PIXEL, log),
    assessByRules: createRulesOnlyAssessment(triage),
    presence: createPresence(store.settings, clock),
    outlook: over.outlook ?? { now: async () => UNKNOWN_OUTLOOK, claimed: async () => {} },
    actOnHandoff: createHandoffActs({ store, content, events, clock }),
  };
}

import type { EventBus, Store } from "../../app/ports.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import type { CaseSummary } from "../../wire/console.ts";

/** A case as everybody sees it; what only its two counsellors see of an offer comes on top. */
export interface ListedCase {
  readonly handoff: Handoff;
  readonly summary: CaseSummary;
  /** The summary as JSON: with many cases and many consoles, writing it each time would be most of the work. */
  readonly json: string;
}

export interface QueueView {
  /** In queue order. At most a second old, and never older than the last change that this process has heard of. */
  list(): Promise<readonly ListedCase[]>;
  close(): void;
}

const FRESH_MS = 1000;

/** Many consoles ask after each change: one reading of the store serves them all. */
export function createQueueView(store: Pick<Store, "handoffs" | "accounts">, events: EventBus): QueueView {
  let changes = 0;
  let known: { readonly at: number; readonly changes: number; readonly cases: Promise<ListedCase[]> } | null =
    null;
  const unsubscribe = events.subscribe((event) => {
    if (event.kind === "queue") changes++;
  });

  async function readAll(): Promise<ListedCase[]> {
    const [open, accounts] = await Promise.all([store.handoffs.open(), store.accounts.all()]);
    const names = new Map<string, string>(accounts.map(({ id, name }) => [id, name]));
    return open.map((handoff) => {
      const summary = summarise(handoff, names);
      return { handoff, summary, json: JSON.stringify(summary) };
    });
  }

  return {
    list() {
      const now = performance.now();
      if (known !== null && known.changes === changes && now - known.at < FRESH_MS) return known.cases;
      const cases = readAll();
      const fresh = { at: now, changes, cases };
      known = fresh;
      cases.catch(() => {
        if (known === fresh) known = null;
      });
      return cases;
    },
    close: unsubscribe,
  };
}

function summarise(handoff: Handoff, names: ReadonlyMap<string, string>): CaseSummary {
  const { risk, counsellorId } = handoff;
  return {
    id: handoff.id,
    conversationId: handoff.conversationId,
    channel: handoff.channel,
    locale: handoff.locale,
    audience: handoff.audience,
    level: risk.level,
    category: risk.category,
    cause: handoff.cause,
    reasons: risk.signals.map(({ id, level, reason }) => ({ id, level, ...reason })),
    status: handoff.status,
    counsellorId,
    counsellorName: counsellorId === null ? null : (names.get(counsellorId) ?? null),
    requestedAt: handoff.requestedAt,
    claimedAt: handoff.claimedAt,
    offer: null,
  };
}

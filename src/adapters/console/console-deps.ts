import type { CounsellorAnswer, CounsellorRequest } from "../../app/act-on-handoff.ts";
import type { WaitingOutlook } from "../../app/waiting-outlook.ts";
import type { Presence } from "../../app/presence.ts";
import type { QuoteSigns } from "../../domain/triage/quote-signs.ts";
import type { Clock, ContentSource, EventBus, Ids, Logger, Metrics, Store } from "../../app/ports.ts";

export interface ConsoleDeps {
  readonly store: Store;
  readonly presence: Presence;
  readonly outlook: Pick<WaitingOutlook, "claimed">;
  readonly content: ContentSource;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly actOnHandoff: (request: CounsellorRequest) => Promise<CounsellorAnswer>;
  readonly labelOf: (value: string, locale: "vi" | "en") => string;
  readonly quoteSigns: QuoteSigns;
  readonly isSecure: boolean;
  /** Whether everybody must have a second factor; see `CONSOLE_SECOND_FACTOR`. */
  readonly needsSecondFactor: boolean;
  /** Of one counsellor; see `COUNSELLOR_CAPACITY`. */
  readonly capacity: number;
}

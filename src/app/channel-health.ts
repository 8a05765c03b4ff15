import { z } from "zod";
import {
  type ChannelRecord,
  type Incident,
  INCIDENTS,
  judgeChannel,
  LOOK_BACK_MS,
} from "../domain/channels/judge-channel.ts";
import type { ChannelName } from "../domain/conversation/message.ts";
import type { Clock, Logger, Metrics, SendResult, Shelf, Stopper } from "./ports.ts";

export type Messenger = Exclude<ChannelName, "web">;
const MESSENGERS: readonly Messenger[] = ["telegram", "zalo"];

export interface ChannelHealth extends Stopper {
  heard(channel: ChannelName): void;
  tried(channel: ChannelName, result: SendResult): void;
}

export interface OpenIncident {
  readonly channel: Messenger;
  readonly kind: Incident;
  readonly since: number;
}

const LOOK_EVERY_MS = 15_000;
/** Told again with each look; whoever stops telling has stopped, or it is over. */
const TOLD_FOR_MS = 3 * LOOK_EVERY_MS;
const HEARD_KEPT_MS = 30 * 24 * 3600 * 1000;
const MOST_ATTEMPTS = 1000;
const Since = z.object({ since: z.number() });
const At = z.number();
const nameOf = (channel: Messenger, kind: Incident) => `incident-${channel}-${kind}`;
const heardName = (channel: Messenger) => `heard-${channel}`;

interface Seen {
  attempts: { readonly at: number; readonly isDone: boolean }[];
  tokenRefusedAt: number | null;
  heardAt: number | null;
}

/** Watches the messengers that are switched on, from what this process sends and takes, and tells the consoles what is wrong. */
export function watchChannels(deps: {
  readonly channels: readonly ChannelName[];
  readonly silentMs: number;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Something began or ended: the consoles ask anew. */
  readonly onChange: () => void;
  /** Tests look by hand. */
  readonly lookEveryMs?: number | null;
}): ChannelHealth & { look(): Promise<void> } {
  const { shelf, clock, log, metrics, silentMs } = deps;
  const on = MESSENGERS.filter((channel) => deps.channels.includes(channel));
  const seen = new Map<ChannelName, Seen>(
    on.map((channel) => [channel, { attempts: [], tokenRefusedAt: null, heardAt: null }]),
  );
  const open = new Map<string, number>();

  async function record(channel: Messenger): Promise<ChannelRecord> {
    const own = seen.get(channel) ?? { attempts: [], tokenRefusedAt: null, heardAt: null };
    const name = heardName(channel);
    const stored = At.safeParse(await shelf.get(name));
    const told = stored.success ? stored.data : null;
    if (own.heardAt !== null && (told === null || own.heardAt > told))
      await shelf.put(name, own.heardAt, HEARD_KEPT_MS);
    return { ...own, heardAt: own.heardAt === null ? told : Math.max(own.heardAt, told ?? 0) };
  }

  async function look(): Promise<void> {
    const now = clock.now();
    let count = 0;
    for (const channel of on) {
      const own = seen.get(channel);
      if (own !== undefined) own.attempts = own.attempts.filter(({ at }) => at > now - LOOK_BACK_MS);
      const found = judgeChannel(await record(channel), { now, silentMs });
      count += found.length;
      for (const kind of INCIDENTS) {
        const name = nameOf(channel, kind);
        if (!found.includes(kind)) {
          if (open.delete(name)) {
            log.info("channel-well-again", { channel, incident: kind });
            await shelf.put(name, null, 1);
            deps.onChange();
          }
          continue;
        }
        const isNew = !open.has(name);
        if (isNew) open.set(name, now);
        await shelf.put(name, { since: open.get(name) ?? now }, TOLD_FOR_MS);
        if (!isNew) continue;
        log.error("channel-trouble", { channel, incident: kind });
        deps.onChange();
      }
    }
    metrics.gauge("channel_incidents", count);
  }

  const every = deps.lookEveryMs === undefined ? LOOK_EVERY_MS : deps.lookEveryMs;
  const safely = () => void look().catch((cause: unknown) => log.warn("channel-look-failed", { cause }));
  const timer = every === null ? null : setInterval(safely, every);
  timer?.unref();
  return {
    look,
    heard(channel) {
      const own = seen.get(channel);
      if (own !== undefined) own.heardAt = clock.now();
    },
    tried(channel, result) {
      const own = seen.get(channel);
      if (own === undefined) return;
      own.attempts.push({ at: clock.now(), isDone: result.kind !== "later" });
      if (own.attempts.length > MOST_ATTEMPTS) own.attempts.shift();
      if (result.kind === "later" && result.because === "token") own.tokenRefusedAt ??= clock.now();
      if (result.kind === "sent") own.tokenRefusedAt = null;
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** What any process has told of within the last moments. */
export async function readIncidents(shelf: Shelf): Promise<OpenIncident[]> {
  const pairs = MESSENGERS.flatMap((channel) => INCIDENTS.map((kind) => ({ channel, kind })));
  const found = await Promise.all(
    pairs.map(async ({ channel, kind }) => {
      const row = Since.safeParse(await shelf.get(nameOf(channel, kind)));
      return row.success ? [{ channel, kind, since: row.data.since }] : [];
    }),
  );
  return found.flat();
}

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Api } from "grammy";
import type { Leases, Logger, Stopper } from "../../../app/ports.ts";
import { judgeError } from "./judge-error.ts";
import type { Receive } from "./receive.ts";
import { ALLOWED_UPDATES } from "./wire.ts";

export interface PollDeps {
  /** Its time limit must be longer than `POLL_SECONDS`. */
  readonly api: Api;
  readonly receive: Receive;
  readonly log: Logger;
  /** Telegram lets one ask at a time: of several processes one holds the lease. */
  readonly leases: Leases;
  /** How often to look whether the one that asks is gone; tests look sooner. */
  readonly lookEveryMs?: number;
}

const POLL_SECONDS = 18;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;
const TOKEN_PAUSE_MS = 60_000;
const LEASE = "telegram-poll";
/** Longer than one question takes. With the last look of another process it is half a minute until one that is gone is followed. */
const LEASE_MS = (POLL_SECONDS + 8) * 1000;
const LOOK_EVERY_MS = 3000;

/** grammY names the signal type of a package that stood in before Node had its own; Node's does all that grammY asks of it. */
type GrammySignal = Parameters<Api["getMe"]>[0];
type Updates = Awaited<ReturnType<Api["getUpdates"]>>;

/**
 * Long polling in which an update is confirmed to Telegram only after it is durably in the inbox.
 *
 * grammY's own loop confirms, on `stop()`, also the update that its handler has not finished: with a full
 * or failing inbox that message of a person would be gone. Here it is simply delivered again.
 */
export function startPolling(deps: PollDeps): Stopper {
  const { api, receive, log, leases, lookEveryMs = LOOK_EVERY_MS } = deps;
  const holder = randomBytes(9).toString("base64url");
  const stopping = new AbortController();
  const { signal } = stopping;
  const grammySignal = signal as unknown as GrammySignal;
  let failuresInARow = 0;

  const sleep = (ms: number) => pause(ms, undefined, { signal }).catch(() => {});
  const nextPauseMs = () => Math.min(BACKOFF_FIRST_MS * 2 ** failuresInARow++, BACKOFF_MAX_MS);

  async function attempt<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await call();
      failuresInARow = 0;
      return answer;
    } catch (error) {
      if (!signal.aborted) await sleep(pauseAfter(error));
      return null;
    }
  }

  function pauseAfter(error: unknown): number {
    const trouble = judgeError(error);
    if (trouble.kind === "flood") return trouble.retryAfterMs;
    if (trouble.kind === "token") {
      log.error("telegram-token-refused", { code: trouble.code });
      return TOKEN_PAUSE_MS;
    }
    const ms = nextPauseMs();
    log.warn(trouble.kind === "conflict" ? "telegram-polled-elsewhere" : "telegram-poll-failed", {
      retryMs: ms,
    });
    return ms;
  }

  /** False when we stopped before it could be taken. */
  async function takeUntilDone(update: unknown): Promise<boolean> {
    for (let tries = 0; !signal.aborted; tries++) {
      if ((await receive(update)) === "taken") return true;
      await sleep(Math.min(BACKOFF_FIRST_MS * 2 ** tries, BACKOFF_MAX_MS));
    }
    return false;
  }

  /** True once it is ours to ask; false when we stopped before. */
  async function untilOurs(): Promise<boolean> {
    while (!signal.aborted) {
      if (await leases.take(LEASE, holder, LEASE_MS).catch(() => false)) return true;
      await sleep(lookEveryMs);
    }
    return false;
  }

  async function run(): Promise<void> {
    if (!(await untilOurs())) return;
    while (!signal.aborted && (await attempt(() => api.deleteWebhook({}, grammySignal))) === null);
    let confirm: number | undefined;
    while (await untilOurs()) {
      const known = confirm === undefined ? {} : { offset: confirm };
      const updates: Updates | null = await attempt(() =>
        api.getUpdates({ ...known, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES }, grammySignal),
      );
      if (updates === null) continue;
      // That call confirmed what came before. Without an offset the numbers may start anew, as Telegram's do after a quiet week.
      confirm = undefined;
      for (const update of updates) {
        if (!(await takeUntilDone(update))) return;
        confirm = update.update_id + 1;
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await leases.giveBack(LEASE, holder).catch(() => {});
    },
  };
}

import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock, Leases, Logger, Settings } from "../../../app/ports.ts";
import type { ZaloApi } from "./zalo-api.ts";

export interface TokenKeeper {
  /** A token that should work; renewed in time. */
  current(): Promise<string>;
  /** Zalo refused `stale`: gets a new one, once for all who ask at the same time. */
  renew(stale: string): Promise<Renewal>;
}

export type Renewal =
  | { readonly kind: "fresh"; readonly accessToken: string }
  | { readonly kind: "later" }
  /** The refresh token is dead: an administrator of the account must consent again. */
  | { readonly kind: "dead" };

interface KeeperDeps {
  readonly settings: Settings;
  /** One of our processes renews at a time: two would spend the same refresh token, and the second one's is dead. */
  readonly leases: Leases;
  readonly api: Pick<ZaloApi, "renewTokens">;
  /** From the environment, made by hand once. A new one there replaces what is stored. */
  readonly seed: { readonly accessToken: string; readonly refreshToken: string };
  readonly clock: Clock;
  readonly log: Logger;
  readonly wait: (ms: number) => Promise<unknown>;
}

const Pair = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) });
const Stored = Pair.extend({
  obtainedAt: z.number(),
  /** Kept one round longer, for an operator who must find out what happened. */
  previous: Pair.nullable(),
  /** Hash of the seed that this line of tokens began with. */
  seed: z.string(),
});
type Stored = z.infer<typeof Stored>;

const SETTING = "zalo.tokens";
/** An access token lives 25 hours. */
const RENEW_AFTER_MS = 20 * 3600 * 1000;
const RETRY_AFTER_MS = 60_000;
const DEAD_PAUSE_MS = 10 * 60_000;
const RATE_LIMITED = -32;
const LEASE = "zalo-token";
/** Longer than a call and a write take. Whoever holds a pair that could not be stored yet keeps it. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 250;
/** After this the words go back to the outbox and are tried again. */
const LOOKS = 40;

/**
 * Keeps the pair of tokens alive. A refresh token works once: the new pair is durable before anybody uses it,
 * and a pair that could not be stored is held and stored first at the next try.
 */
export function createTokenKeeper(deps: KeeperDeps): TokenKeeper {
  const { settings, leases, api, seed, clock, log, wait } = deps;
  const holder = randomUUID();
  const seedHash = createHash("sha256").update(seed.refreshToken).digest("hex");
  let known: Stored | null = null;
  let unsaved: Stored | null = null;
  let underWay: Promise<Renewal> | null = null;
  let notBefore = 0;
  let deadRefreshToken: string | null = null;

  async function load(): Promise<Stored> {
    const parsed = Stored.safeParse(await settings.get(SETTING));
    if (parsed.success && parsed.data.seed === seedHash) return parsed.data;
    const first: Stored = { ...seed, obtainedAt: clock.now(), previous: null, seed: seedHash };
    await settings.put(SETTING, first);
    return first;
  }

  async function save(pair: Stored): Promise<Renewal> {
    unsaved = pair;
    await settings.put(SETTING, pair);
    unsaved = null;
    known = pair;
    log.info("zalo-token-renewed");
    return { kind: "fresh", accessToken: pair.accessToken };
  }

  async function renewNow(stale: string): Promise<Renewal> {
    for (let look = 0; look < LOOKS; look++) {
      if (await leases.take(LEASE, holder, LEASE_MS)) {
        const renewal = await renewAlone(stale);
        // Not where the new pair could not be stored: the one that is stored is spent.
        await leases.giveBack(LEASE, holder);
        return renewal;
      }
      const stored = await load();
      if (stored.accessToken !== stale) {
        known = stored;
        return { kind: "fresh", accessToken: stored.accessToken };
      }
      await wait(LOOK_AGAIN_MS);
    }
    return { kind: "later" };
  }

  async function renewAlone(stale: string): Promise<Renewal> {
    if (unsaved !== null) return save(unsaved);
    const stored = await load();
    known = stored;
    // Another process was faster.
    if (stored.accessToken !== stale) return { kind: "fresh", accessToken: stored.accessToken };
    if (clock.now() < notBefore) return { kind: stored.refreshToken === deadRefreshToken ? "dead" : "later" };
    const answer = await api.renewTokens(stored.refreshToken);
    if (answer.kind === "fresh") {
      const { accessToken, refreshToken } = answer;
      const previous = { accessToken: stored.accessToken, refreshToken: stored.refreshToken };
      return save({ accessToken, refreshToken, obtainedAt: clock.now(), previous, seed: seedHash });
    }
    if (answer.kind === "unreachable" || answer.code === RATE_LIMITED) {
      notBefore = clock.now() + RETRY_AFTER_MS;
      log.warn("zalo-token-not-renewed", { retryMs: RETRY_AFTER_MS });
      return { kind: "later" };
    }
    notBefore = clock.now() + DEAD_PAUSE_MS;
    deadRefreshToken = stored.refreshToken;
    log.error("zalo-token-dead", { code: `ZALO_${answer.code}` });
    return { kind: "dead" };
  }

  function renew(stale: string): Promise<Renewal> {
    underWay ??= renewNow(stale).finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    renew,
    async current() {
      known ??= await load();
      const isOld = clock.now() - known.obtainedAt >= RENEW_AFTER_MS && clock.now() >= notBefore;
      if (!isOld && unsaved === null) return known.accessToken;
      const renewal = await renew(known.accessToken);
      // The old token still works for some hours after the time at which it is renewed.
      return renewal.kind === "fresh" ? renewal.accessToken : known.accessToken;
    },
  };
}

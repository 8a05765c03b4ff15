import type { SealedStore, Sealing } from "../../../app/sealing.ts";
import type { Clock } from "../../../app/ports.ts";
import { checkKey } from "./check-key.ts";
import { connect } from "./connect.ts";
import type { MoveParts } from "./deps.ts";
import { createKeys } from "./keys.ts";
import { createLink } from "./link.ts";
import { usedBy } from "./open-movable-redis.ts";
import { number } from "./reply.ts";
import { RESEAL } from "./scripts/reseal.ts";
import { type SealedValue, sealedValues } from "./sealed-values.ts";
import type { Sealer } from "./sealer.ts";

const DEADLINE_MS = 30_000;
const beforeTheSeal = (value: SealedValue) =>
  value.bytes.subarray(0, value.bytes.length - value.sealed.length);

/** The Redis store while its keys are looked after. Rejects with `STORE_UNREADABLE`, also when the key is another. */
export async function openSealedRedis(options: {
  /** See `parseRedisUrl`. */
  readonly url: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Begins every key. */
  readonly name?: string;
}): Promise<SealedStore> {
  const { url, sealer, clock, name = "ke-ben" } = options;
  const connection = await connect(url, () => {});
  const parts: MoveParts = {
    link: createLink(connection, DEADLINE_MS),
    keys: createKeys(name),
    sealer,
    clock,
  };
  try {
    await checkKey(parts);
  } catch (error) {
    connection.close();
    throw error;
  }

  function kindOf(value: SealedValue): keyof Sealing {
    try {
      sealer.open(value.sealed, value.bond);
      return sealer.isCurrent(value.sealed) ? "current" : "older";
    } catch {
      return "unreadable";
    }
  }

  async function count(): Promise<Sealing> {
    const counted = { current: 0, older: 0, unreadable: 0 };
    for await (const value of sealedValues(parts)) counted[kindOf(value)]++;
    return counted;
  }

  async function resealOne(value: SealedValue): Promise<void> {
    if (value.in === "stream" || kindOf(value) !== "older") return;
    const { key, field, bytes, sealed, bond } = value;
    const fresh = Buffer.concat([beforeTheSeal(value), sealer.seal(sealer.open(sealed, bond), bond)]);
    number(await parts.link.run(RESEAL, [key], [value.in, field, bytes, fresh]));
  }

  return {
    usedBy: () => usedBy(parts),
    sealing: count,
    async reseal() {
      for await (const value of sealedValues(parts)) await resealOne(value);
      // Counted after it: what waits in a queue, or was changed under our hands, may still be of an older key.
      return count();
    },
    close: async () => connection.close(),
  };
}

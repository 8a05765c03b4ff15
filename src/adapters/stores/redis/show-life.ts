import type { RedisParts } from "./deps.ts";
import { JOIN_MEMBERS } from "./scripts/join-members.ts";

const EVERY_MS = 5000;
/** After a crash a process counts as open for so long. */
const ALIVE_MS = 15_000;

/** Tells the others that this process has the store open, also when it takes no turns: keys are not changed under it. */
export async function showLife({
  link,
  keys,
  owner,
}: Pick<RedisParts, "link" | "keys" | "owner">): Promise<() => Promise<void>> {
  const sign = (forMs: number) => link.run(JOIN_MEMBERS, [keys.members("open")], [owner, forMs]);
  await sign(ALIVE_MS);
  // A sign that is missed is made up for by the next one.
  const timer = setInterval(() => void sign(ALIVE_MS).catch(() => {}), EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sign(0).catch(() => {});
  };
}

import { AppError } from "../../../app/errors.ts";
import type { RedisParts } from "./deps.ts";
import { bonds } from "./keys.ts";
import { bytes } from "./reply.ts";

/** A process with another key would write what nobody else can read. Better that it does not start. */
export async function checkKey({
  link,
  keys,
  sealer,
}: Pick<RedisParts, "link" | "keys" | "sealer">): Promise<void> {
  const key = keys.keyCheck();
  await link.send(key, ["SET", key, sealer.seal(1, bonds.keyCheck), "NX"]);
  const sealed = bytes(await link.send(key, ["GET", key]));
  try {
    sealer.open(sealed, bonds.keyCheck);
  } catch (cause) {
    const detail = "STORE_KEY is not the one that this Redis was filled with; all processes need the same";
    throw new AppError("STORE_UNREADABLE", { detail, cause });
  }
  // From now on no process starts that lacks the current key.
  if (!sealer.isCurrent(sealed)) await link.send(key, ["SET", key, sealer.seal(1, bonds.keyCheck)]);
}

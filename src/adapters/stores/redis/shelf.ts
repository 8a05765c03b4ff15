import type { Shelf } from "../../../app/ports.ts";
import type { RedisParts } from "./deps.ts";
import { bonds } from "./keys.ts";
import { bytesOrNull } from "./reply.ts";

/** Redis lets go of what is past its time by itself. */
export function createShelf({ link, keys, sealer }: RedisParts): Shelf {
  return {
    async get(name) {
      const key = keys.shelf(name);
      const sealed = bytesOrNull(await link.send(key, ["GET", key]));
      return sealed === null ? undefined : sealer.open(sealed, bonds.shelf(name));
    },
    async put(name, value, keepMs) {
      const key = keys.shelf(name);
      await link.send(key, [
        "SET",
        key,
        sealer.seal(value, bonds.shelf(name)),
        "PX",
        Math.max(1, Math.ceil(keepMs)),
      ]);
    },
  };
}

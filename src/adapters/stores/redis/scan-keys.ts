import type { Link } from "./link.ts";
import { list, number, text } from "./reply.ts";

const BATCH = "500";

/** Every key that begins with `prefix`, on every server; each key once. */
export async function* scanKeys(link: Link, prefix: string): AsyncGenerator<string> {
  const known = new Set<string>();
  const pattern = `${prefix.replace(/[\\*?[\]]/g, "\\$&")}*`;
  for (const route of await routes(link)) {
    let cursor = "0";
    do {
      const [next, keys] = list(await link.send(route, ["SCAN", cursor, "MATCH", pattern, "COUNT", BATCH]));
      for (const key of list(keys).map(text)) {
        if (known.has(key)) continue;
        known.add(key);
        yield key;
      }
      cursor = text(next);
    } while (cursor !== "0");
  }
}

/** A key for each server, so that a command reaches it. */
async function routes(link: Link): Promise<string[]> {
  const info = text(await link.send("any", ["INFO", "cluster"]));
  if (!info.includes("cluster_enabled:1")) return ["any"];
  const slotOfServer = new Map<string, number>();
  for (const range of list(await link.send("any", ["CLUSTER", "SLOTS"]))) {
    const [from, , master] = list(range);
    const [, , id] = list(master);
    slotOfServer.set(text(id), number(from));
  }
  return [...slotOfServer.values()].map(keyInSlot);
}

const SLOTS = 16_384;

function keyInSlot(slot: number): string {
  for (let n = 0; ; n++) if (crc16(`route-${n}`) % SLOTS === slot) return `route-${n}`;
}

/** CRC-16/XMODEM, by which Redis Cluster spreads keys. */
function crc16(key: string): number {
  let crc = 0;
  for (const byte of Buffer.from(key)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x80_00 ? ((crc << 1) ^ 0x10_21) & 0xff_ff : (crc << 1) & 0xff_ff;
  }
  return crc;
}

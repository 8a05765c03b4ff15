import type { Clock } from "../../../app/ports.ts";
import { ImportMark, type MovableStore } from "../../../app/stored-row.ts";
import { checkKey } from "./check-key.ts";
import { connect } from "./connect.ts";
import { ALL_PARTITIONS, bonds, createKeys, type Side } from "./keys.ts";
import { createLink } from "./link.ts";
import type { MoveParts } from "./deps.ts";
import { readRows } from "./read-rows.ts";
import { bytesOrNull, number } from "./reply.ts";
import { JOIN_MEMBERS } from "./scripts/join-members.ts";
import type { Sealer } from "./sealer.ts";
import { writeRows } from "./write-rows.ts";

// A page of a move is larger than anything a turn asks for.
const DEADLINE_MS = 30_000;

/** The Redis store as something to be moved. Rejects with `STORE_UNREADABLE`. */
export async function openMovableRedis(options: {
  /** See `parseRedisUrl`. */
  readonly url: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Begins every key. */
  readonly name?: string;
}): Promise<MovableStore> {
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
  return {
    usedBy: () => usedBy(parts),
    isEmpty: () => isEmpty(parts),
    rows: (asOf) => readRows({ ...parts, asOf }),
    write: (rows) => writeRows(parts, rows),
    readMark: () => readImportMark(parts),
    async putMark(mark) {
      const key = parts.keys.importMark();
      await parts.link.send(key, ["SET", key, sealer.seal(mark, bonds.importMark)]);
    },
    close: async () => connection.close(),
  };
}

export async function readImportMark({
  link,
  keys,
  sealer,
}: Omit<MoveParts, "clock">): Promise<ImportMark | null> {
  const key = keys.importMark();
  const sealed = bytesOrNull(await link.send(key, ["GET", key]));
  return sealed === null ? null : ImportMark.parse(sealer.open(sealed, bonds.importMark));
}

export async function usedBy({ link, keys }: Pick<MoveParts, "link" | "keys">): Promise<string | null> {
  const count = async (group: Side | "open") =>
    number(await link.run(JOIN_MEMBERS, [keys.members(group)], ["nobody", 0]));
  const most = Math.max(await count("in"), await count("out"), await count("open"));
  return most === 0 ? null : `${most} ${most === 1 ? "server" : "servers"}`;
}

async function isEmpty({ link, keys }: MoveParts): Promise<boolean> {
  const counted = [
    keys.houseAudit(),
    ...ALL_PARTITIONS.flatMap((partition) => [
      keys.lastTurn(partition),
      keys.until(partition),
      keys.audit(partition),
    ]),
  ];
  const sizes = await Promise.all([
    link.send(keys.accounts(), ["HLEN", keys.accounts()]),
    ...counted.map((key) => link.send(key, ["ZCARD", key])),
  ]);
  return sizes.every((size) => number(size) === 0);
}

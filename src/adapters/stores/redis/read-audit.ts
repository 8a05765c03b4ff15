import type { StoredRow } from "../../../app/stored-row.ts";
import { SERIAL_LENGTH } from "./audit-log.ts";
import type { MoveParts } from "./deps.ts";
import { ALL_PARTITIONS, bonds } from "./keys.ts";
import { bytes, list } from "./reply.ts";

const PAGE = 200;

interface Logged {
  readonly at: number;
  readonly serial: string;
  readonly value: unknown;
}

/** The logs of all partitions and of the house as one, in the order of time: a page of each is held in memory. */
export async function* readAudit(parts: MoveParts): AsyncGenerator<StoredRow> {
  const { keys } = parts;
  const logs = [keys.houseAudit(), ...ALL_PARTITIONS.map((partition) => keys.audit(partition))].map((key) =>
    readLog(parts, key),
  );
  const heads = await Promise.all(logs.map((log) => log.next()));
  let last = { at: -1, n: 0 };
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[first];
      if (!head.done && (best === undefined || best.done || comes(head.value, best.value))) first = index;
    }
    const [head, log] = [heads[first], logs[first]];
    if (head === undefined || head.done || log === undefined) return;
    last = { at: head.value.at, n: head.value.at === last.at ? last.n + 1 : 0 };
    yield { kind: "audit", ...last, value: head.value.value };
    heads[first] = await log.next();
  }
}

const comes = (a: Logged, b: Logged) => a.at < b.at || (a.at === b.at && a.serial < b.serial);

async function* readLog({ link, sealer }: MoveParts, key: string): AsyncGenerator<Logged, undefined> {
  for (let from = 0; ; from += PAGE) {
    const page = list(await link.send(key, ["ZRANGE", key, from, from + PAGE - 1]));
    const times = page.length === 0 ? [] : list(await link.send(key, ["ZMSCORE", key, ...page.map(bytes)]));
    for (const [index, each] of page.entries()) {
      const member = bytes(each);
      const serial = member.subarray(0, SERIAL_LENGTH).toString();
      let value: unknown = null;
      try {
        value = sealer.open(member.subarray(SERIAL_LENGTH), bonds.audit(serial));
      } catch {
        // It moves as damaged, in its place.
      }
      yield { at: Number(times[index]), serial, value };
    }
    if (page.length < PAGE) return undefined;
  }
}

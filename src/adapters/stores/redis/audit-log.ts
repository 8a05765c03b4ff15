import type { AuditLog } from "../../../app/ports.ts";
import type { AuditEvent } from "../../../domain/conversation/outcome.ts";
import type { RedisParts } from "./deps.ts";
import { ALL_PARTITIONS, bonds } from "./keys.ts";
import { bytes, list } from "./reply.ts";
import type { Sealer } from "./sealer.ts";

export const SERIAL_LENGTH = 16;
let lastSerial = 0;

/** Microseconds that never repeat within a process: events of the same moment keep their order. */
function nextSerial(): string {
  lastSerial = Math.max(lastSerial + 1, Date.now() * 1000);
  return String(lastSerial).padStart(SERIAL_LENGTH, "0");
}

/** Serial and sealed event in one ZSET member. Sent twice it is the same member, so it is kept once. */
export function sealEvent(sealer: Sealer, event: unknown, serial = nextSerial()): Buffer {
  return Buffer.concat([Buffer.from(serial), sealer.seal(event, bonds.audit(serial))]);
}

/** Each partition has its own log, written by its commits; they are merged when read, which is seldom. */
export function createAuditLog({ link, keys, sealer }: RedisParts): AuditLog {
  const house = keys.houseAudit();
  const logs = [house, ...ALL_PARTITIONS.map((partition) => keys.audit(partition))];

  function open(member: Buffer): { serial: string; event: AuditEvent } {
    const serial = member.subarray(0, SERIAL_LENGTH).toString();
    return { serial, event: sealer.open(member.subarray(SERIAL_LENGTH), bonds.audit(serial)) as AuditEvent };
  }

  function inOrder(members: readonly unknown[]): AuditEvent[] {
    return members
      .map((member) => open(bytes(member)))
      .sort((a, b) => a.event.at - b.event.at || (a.serial < b.serial ? -1 : 1))
      .map(({ event }) => event);
  }

  return {
    async append(events) {
      if (events.length === 0) return;
      await link.send(house, [
        "ZADD",
        house,
        ...events.flatMap((event) => [event.at, sealEvent(sealer, event)]),
      ]);
    },
    async recent(limit) {
      if (limit <= 0) return [];
      const found = await Promise.all(
        logs.map((key) => link.send(key, ["ZRANGE", key, 0, limit - 1, "REV"]).then(list)),
      );
      return inOrder(found.flat()).slice(-limit);
    },
    async between(from, until) {
      const found = await Promise.all(
        logs.map((key) => link.send(key, ["ZRANGE", key, from, `(${until}`, "BYSCORE"]).then(list)),
      );
      return inOrder(found.flat());
    },
  };
}

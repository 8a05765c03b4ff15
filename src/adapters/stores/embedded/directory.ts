import type { AuditLog, Accounts, Handoffs, OnDamage, Settings, Tokens } from "../../../app/ports.ts";
import type { AuditEvent } from "../../../domain/conversation/outcome.ts";
import { compareHandoffs, isOpen, isRequestedIn } from "../../../domain/handoff/handoff.ts";
import { HandoffId } from "../../../domain/kernel/ids.ts";
import { Account } from "../../../domain/team/account.ts";
import { SignIn } from "../../../domain/team/sign-in.ts";
import { parseKeepingUnknown } from "../../../domain/stored/parse-keeping-unknown.ts";
import { readHandoff } from "../../../domain/stored/read-handoff.ts";
import { createClosedCases } from "../../../app/closed-cases.ts";
import type { KeyValue } from "./key-value.ts";
import { keys, under } from "./keys.ts";
import { rawAt, type StateReader } from "./read-state.ts";

/** Cases, people of the house, sign-ins, the audit log and settings. */
export function createDirectory(
  db: KeyValue,
  deps: { readonly serial: () => number; readonly state: StateReader; readonly onDamage: OnDamage },
): { handoffs: Handoffs; accounts: Accounts; tokens: Tokens; audit: AuditLog; settings: Settings } {
  const { serial, state, onDamage } = deps;
  const closed = createClosedCases();
  const account = (key: string): Account | null => {
    const row = rawAt(db, key);
    if (row === undefined) return null;
    const read = parseKeepingUnknown(Account, row);
    if (!read.success) onDamage({ kind: "account", id: key });
    return read.success ? read.data : null;
  };
  return {
    handoffs: {
      get: (id) => state.handoff(id),
      async open() {
        // One case that cannot be read must not hide all the others.
        const ids = db.keys(...under("open")).map((key) => HandoffId.parse(key.slice("open/".length)));
        const found = await Promise.all(ids.map((id) => state.handoff(id).catch(() => null)));
        return found
          .filter((handoff) => handoff !== null)
          .filter(isOpen)
          .sort(compareHandoffs);
      },
      async requested(from, until) {
        const ids = db.keys(...under("handoff")).map((key) => HandoffId.parse(key.slice("handoff/".length)));
        const found = await Promise.all(ids.map((id) => state.handoff(id).catch(() => null)));
        return found.filter((handoff) => handoff !== null).filter(isRequestedIn(from, until));
      },
      async relist() {
        const relisted: HandoffId[] = [];
        for (const id of closed.unknown(
          db.keys(...under("handoff")).map((key) => key.slice("handoff/".length)),
        )) {
          if (db.get(keys.openHandoff(id)) !== undefined) continue;
          const found = await state.handoff(HandoffId.parse(id)).catch(() => null);
          if (found === null) continue;
          if (!isOpen(found)) {
            closed.add(id);
            continue;
          }
          const isNew = await db.transact((writer) => {
            // It may have been closed since it was read.
            const again = readHandoff(writer.get(keys.handoff(id)));
            if (again.kind !== "read" || !isOpen(again.value)) return false;
            if (writer.get(keys.openHandoff(id)) !== undefined) return false;
            writer.put(keys.openHandoff(id), 1);
            return true;
          });
          if (isNew) relisted.push(found.id);
        }
        return relisted;
      },
    },
    accounts: {
      byId: async (id) => account(keys.account(id)),
      async byName(name) {
        const id = db.get(keys.accountName(name));
        return typeof id === "string" ? account(keys.account(id)) : null;
      },
      count: async () => db.keys(...under("account")).length,
      all: async () =>
        db
          .keys(...under("account"))
          .flatMap((key) => account(key) ?? [])
          .sort((a, b) => a.name.localeCompare(b.name)),
      create: (created) =>
        db.transact((writer) => {
          if (writer.get(keys.accountName(created.name)) !== undefined) return false;
          writer.put(keys.accountName(created.name), created.id);
          writer.put(keys.account(created.id), created);
          return true;
        }),
      update: (id, change) =>
        db.transact((writer) => {
          const read = parseKeepingUnknown(Account, writer.get(keys.account(id)));
          const changed = read.success ? change(read.data) : null;
          if (changed !== null) writer.put(keys.account(id), changed);
          return changed;
        }),
    },
    tokens: {
      put: (hash, value: SignIn) => db.transact((writer) => writer.put(keys.token(hash), value)),
      async get(hash) {
        const row = rawAt(db, keys.token(hash));
        const read = row === undefined ? null : parseKeepingUnknown(SignIn, row);
        return read?.success ? read.data : null;
      },
      remove: (hash) => db.transact((writer) => writer.remove(keys.token(hash))),
    },
    settings: {
      get: async (name) => db.get(keys.setting(name)),
      put: (name, value) => db.transact((writer) => writer.put(keys.setting(name), value)),
    },
    audit: {
      append: (events) =>
        db.transact((writer) => {
          for (const event of events) writer.put(keys.audit(event.at, serial()), event);
        }),
      recent: async (limit) =>
        db
          .range(...under("audit"))
          .slice(-limit)
          .map(({ value }) => value as AuditEvent),
      between: async (from, until) =>
        db.range(keys.auditFrom(from), keys.auditFrom(until)).map(({ value }) => value as AuditEvent),
    },
  };
}

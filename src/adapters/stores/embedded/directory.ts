import { z } from "zod";
import type { Account, AuditLog, Accounts, Handoffs, Settings, SignIn, Tokens } from "../../../app/ports.ts";
import type { AuditEvent } from "../../../domain/conversation/outcome.ts";
import { compareHandoffs, Handoff } from "../../../domain/handoff/handoff.ts";
import { CounsellorId } from "../../../domain/kernel/ids.ts";
import type { KeyValue } from "./key-value.ts";
import { keys, under } from "./keys.ts";

const StoredAccount = z.strictObject({
  id: CounsellorId,
  name: z.string(),
  role: z.enum(["counsellor", "supervisor"]),
  passwordHash: z.string(),
  createdAt: z.number(),
});
const StoredSignIn = z.strictObject({ counsellorId: CounsellorId, expiresAt: z.number() });

/** Cases, people of the house, sign-ins, the audit log and settings. */
export function createDirectory(
  db: KeyValue,
  serial: () => number,
): { handoffs: Handoffs; accounts: Accounts; tokens: Tokens; audit: AuditLog; settings: Settings } {
  const account = (key: string): Account | null => {
    const row = db.get(key);
    return row === undefined ? null : StoredAccount.parse(row);
  };
  return {
    handoffs: {
      async get(id) {
        const row = db.get(keys.handoff(id));
        return row === undefined ? null : Handoff.parse(row);
      },
      async open() {
        const found = db.keys(...under("open")).flatMap((key) => {
          const row = db.get(keys.handoff(key.slice("open/".length)));
          return row === undefined ? [] : [Handoff.parse(row)];
        });
        return found.sort(compareHandoffs);
      },
    },
    accounts: {
      byId: async (id) => account(keys.account(id)),
      async byName(name) {
        const id = db.get(keys.accountName(name));
        return typeof id === "string" ? account(keys.account(id)) : null;
      },
      count: async () => db.keys(...under("account")).length,
      create: (created) =>
        db.transact((writer) => {
          if (writer.get(keys.accountName(created.name)) !== undefined) return false;
          writer.put(keys.accountName(created.name), created.id);
          writer.put(keys.account(created.id), created);
          return true;
        }),
    },
    tokens: {
      put: (hash, value: SignIn) => db.transact((writer) => writer.put(keys.token(hash), value)),
      async get(hash) {
        const row = db.get(keys.token(hash));
        return row === undefined ? null : StoredSignIn.parse(row);
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
    },
  };
}

import type { Accounts, Handoffs, Settings, Tokens } from "../../../app/ports.ts";
import { compareHandoffs, type Handoff, isOpen, isRequestedIn } from "../../../domain/handoff/handoff.ts";
import { HandoffId } from "../../../domain/kernel/ids.ts";
import { Account } from "../../../domain/team/account.ts";
import { SignIn } from "../../../domain/team/sign-in.ts";
import { parseKeepingUnknown } from "../../../domain/stored/parse-keeping-unknown.ts";
import { AppError } from "../../../app/errors.ts";
import { createClosedCases } from "../../../app/closed-cases.ts";
import type { RedisParts } from "./deps.ts";
import { ALL_PARTITIONS, accountField, bonds } from "./keys.ts";
import { opened } from "./opened.ts";
import { createStateReader } from "./read-state.ts";
import { bytes, bytesOrNull, list, number, pairs, text } from "./reply.ts";
import { CREATE_ACCOUNT } from "./scripts/create-account.ts";
import { LIST_OPEN_CASES } from "./scripts/list-open-cases.ts";
import { LIST_OTHER_CASES } from "./scripts/list-other-cases.ts";
import { REPLACE_FIELD } from "./scripts/replace-field.ts";
import { RELIST_CASE } from "./scripts/relist-case.ts";

/** Of a change that others are faster at. */
const MOST_TRIES = 20;
const KNOWN_CASES = 10_000;

/**
 * A case lives in the partition of its conversation, so that commit writes both at once: no second index that a
 * crash could leave behind. The price is paid by readers: who does not know the partition asks all of them.
 */
export function createHandoffs(parts: RedisParts): Handoffs {
  const { link, keys } = parts;
  const state = createStateReader(parts);
  const closed = createClosedCases();
  /** A case never moves, so where it was found may be remembered for ever. */
  const partitionOfCase = new Map<string, number>();
  const remember = (id: string, partition: number) => {
    if (partitionOfCase.size >= KNOWN_CASES) partitionOfCase.clear();
    partitionOfCase.set(id, partition);
  };

  async function find(id: HandoffId, partition: number): Promise<Handoff | null> {
    const key = keys.cases(partition);
    const sealed = bytesOrNull(await link.send(key, ["HGET", key, id]));
    if (sealed === null) return null;
    remember(id, partition);
    return state.handoff(id, sealed);
  }

  return {
    async get(id) {
      const known = partitionOfCase.get(id);
      if (known !== undefined) return find(id, known);
      const found = await Promise.all(ALL_PARTITIONS.map((partition) => find(id, partition)));
      return found.find((handoff) => handoff !== null) ?? null;
    },
    async open() {
      const found = await Promise.all(
        ALL_PARTITIONS.map(async (partition) => {
          const rows = pairs(
            await link.run(LIST_OPEN_CASES, [keys.openCases(partition), keys.cases(partition)], []),
          );
          // One case that cannot be read must not hide all the others.
          return Promise.all(
            rows.map(async ([each, sealed]) => {
              const id = HandoffId.parse(text(each));
              remember(id, partition);
              return state.handoff(id, bytes(sealed)).catch(() => null);
            }),
          );
        }),
      );
      return found
        .flat()
        .filter((handoff) => handoff !== null)
        .filter(isOpen)
        .sort(compareHandoffs);
    },
    async requested(from, until) {
      const found: Handoff[] = [];
      for (const partition of ALL_PARTITIONS) {
        const key = keys.cases(partition);
        const ids = list(await link.send(key, ["HKEYS", key])).map((each) => HandoffId.parse(text(each)));
        const read = await Promise.all(ids.map((id) => find(id, partition).catch(() => null)));
        found.push(...read.filter((handoff) => handoff !== null).filter(isRequestedIn(from, until)));
      }
      return found;
    },
    async relist() {
      const relisted: HandoffId[] = [];
      for (const partition of ALL_PARTITIONS) {
        const touched = [keys.openCases(partition), keys.cases(partition)];
        const others = list(await link.run(LIST_OTHER_CASES, touched, [])).map(text);
        for (const each of closed.unknown(others)) {
          const id = HandoffId.parse(each);
          const key = keys.cases(partition);
          const sealed = bytesOrNull(await link.send(key, ["HGET", key, id]));
          const found = sealed === null ? null : await state.handoff(id, sealed).catch(() => null);
          if (sealed === null || found === null) continue;
          if (!isOpen(found)) closed.add(id);
          else if (number(await link.run(RELIST_CASE, touched, [id, sealed])) === 1) relisted.push(id);
        }
      }
      return relisted;
    },
  };
}

/** Name and account lie on one slot: one script gives a name away once. */
export function createAccounts(parts: RedisParts): Accounts {
  const { link, keys, sealer, onDamage } = parts;
  const accounts = keys.accounts();
  const names = keys.accountNames();
  async function byId(id: string): Promise<Account | null> {
    const sealed = bytesOrNull(await link.send(accounts, ["HGET", accounts, id]));
    if (sealed === null) return null;
    const read = parseKeepingUnknown(Account, opened(parts, sealed, bonds.account(id)));
    if (!read.success) onDamage({ kind: "account", id });
    return read.success ? read.data : null;
  }
  return {
    byId,
    async byName(name) {
      const id = bytesOrNull(await link.send(names, ["HGET", names, accountField(name)]));
      return id === null ? null : byId(id.toString());
    },
    count: async () => number(await link.send(accounts, ["HLEN", accounts])),
    async all() {
      const ids = list(await link.send(accounts, ["HKEYS", accounts])).map(text);
      const found = await Promise.all(ids.map(byId));
      return found.filter((each) => each !== null).sort((a, b) => a.name.localeCompare(b.name));
    },
    async create(account) {
      const args = [accountField(account.name), account.id, sealer.seal(account, bonds.account(account.id))];
      return number(await link.run(CREATE_ACCOUNT, [names, accounts], args)) === 1;
    },
    async update(id, change) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = bytesOrNull(await link.send(accounts, ["HGET", accounts, id]));
        if (before === null) return null;
        const read = parseKeepingUnknown(Account, opened(parts, before, bonds.account(id)));
        const changed = read.success ? change(read.data) : null;
        if (changed === null) return null;
        const args = [id, before, sealer.seal(changed, bonds.account(id))];
        if (number(await link.run(REPLACE_FIELD, [accounts], args)) === 1) return changed;
      }
      throw new AppError("STORE_BUSY");
    },
  };
}

/** Kept a day longer than they are valid, then Redis lets them go by itself; who reads them checks the time. */
const TOKEN_GRACE_MS = 24 * 3600 * 1000;

export function createTokens(parts: RedisParts): Tokens {
  const { link, keys, sealer, clock } = parts;
  return {
    async put(hash, value: SignIn) {
      const key = keys.token(hash);
      const keepMs = Math.max(0, value.expiresAt - clock.now()) + TOKEN_GRACE_MS;
      await link.send(key, ["SET", key, sealer.seal(value, bonds.token(hash)), "PX", keepMs]);
    },
    async get(hash) {
      const key = keys.token(hash);
      const sealed = bytesOrNull(await link.send(key, ["GET", key]));
      if (sealed === null) return null;
      const read = parseKeepingUnknown(SignIn, opened(parts, sealed, bonds.token(hash)));
      return read.success ? read.data : null;
    },
    async remove(hash) {
      const key = keys.token(hash);
      await link.send(key, ["DEL", key]);
    },
  };
}

export function createSettings({ link, keys, sealer }: RedisParts): Settings {
  return {
    async get(name) {
      const key = keys.setting(name);
      const sealed = bytesOrNull(await link.send(key, ["GET", key]));
      return sealed === null ? undefined : sealer.open(sealed, bonds.setting(name));
    },
    async put(name, value) {
      const key = keys.setting(name);
      await link.send(key, ["SET", key, sealer.seal(value, bonds.setting(name))]);
    },
  };
}

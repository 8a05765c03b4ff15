import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Accounts, Clock, Shelf, Tokens } from "../../app/ports.ts";
import type { Account } from "../../domain/team/account.ts";
import { IDLE_MS, isValid, LONGEST_MS } from "../../domain/team/sign-in.ts";

export const COOKIE = "ke_ben_console";
/** Having been heard of is noted this often, not at every request. */
const NOTE_EVERY_MS = 60_000;
const MOST_NOTED = 10_000;

export interface SignIns {
  /** A new sign-in; the token goes into the cookie, only its hash is stored. */
  open(account: Account): Promise<{ readonly token: string; readonly maxAgeSeconds: number }>;
  accountOf(token: string | undefined): Promise<Account | null>;
  close(token: string): Promise<void>;
}

export function createSignIns(deps: {
  readonly store: { readonly accounts: Accounts; readonly tokens: Tokens; readonly shelf: Shelf };
  readonly clock: Clock;
}): SignIns {
  const { store, clock } = deps;
  const { accounts, tokens, shelf } = store;
  const noted = new Map<string, number>();

  /** Apart from the sign-in itself: a note that comes after the sign-out must not bring it back. */
  async function note(hash: string): Promise<void> {
    const now = clock.now();
    if (now - (noted.get(hash) ?? 0) < NOTE_EVERY_MS) return;
    if (noted.size >= MOST_NOTED) noted.clear();
    noted.set(hash, now);
    await shelf.put(`console-${hash}`, 1, IDLE_MS);
  }

  return {
    async open(account) {
      const token = randomBytes(32).toString("base64url");
      const now = clock.now();
      const signIn = { counsellorId: account.id, openedAt: now, expiresAt: now + LONGEST_MS };
      await note(hashToken(token));
      await tokens.put(hashToken(token), signIn);
      return { token, maxAgeSeconds: LONGEST_MS / 1000 };
    },
    async accountOf(token) {
      if (token === undefined || token.length > 100) return null;
      const hash = hashToken(token);
      const signIn = await tokens.get(hash);
      const account = signIn === null ? null : await accounts.byId(signIn.counsellorId);
      if (signIn === null || account === null || !isValid(signIn, account, clock.now())) return null;
      if ((await shelf.get(`console-${hash}`)) === undefined) return null;
      await note(hash);
      return account;
    },
    close: (token) => tokens.remove(hashToken(token)),
  };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function isSameToken(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

/** The cookie of a WebSocket request, which no framework has parsed. */
export function tokenOf(request: IncomingMessage): string | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === COOKIE) return value;
  }
  return undefined;
}

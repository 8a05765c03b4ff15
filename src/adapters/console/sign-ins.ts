import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Account, Accounts, Clock, Tokens } from "../../app/ports.ts";

export const COOKIE = "ke_ben_console";
const SIGN_IN_MS = 12 * 3600 * 1000;

export interface SignIns {
  /** A new sign-in; the token goes into the cookie, only its hash is stored. */
  open(account: Account): Promise<{ readonly token: string; readonly maxAgeSeconds: number }>;
  accountOf(token: string | undefined): Promise<Account | null>;
  close(token: string): Promise<void>;
}

export function createSignIns(deps: { accounts: Accounts; tokens: Tokens; clock: Clock }): SignIns {
  const { accounts, tokens, clock } = deps;
  return {
    async open(account) {
      const token = randomBytes(32).toString("base64url");
      await tokens.put(hashToken(token), { counsellorId: account.id, expiresAt: clock.now() + SIGN_IN_MS });
      return { token, maxAgeSeconds: SIGN_IN_MS / 1000 };
    },
    async accountOf(token) {
      if (token === undefined || token.length > 100) return null;
      const signIn = await tokens.get(hashToken(token));
      if (signIn === null || signIn.expiresAt <= clock.now()) return null;
      return accounts.byId(signIn.counsellorId);
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

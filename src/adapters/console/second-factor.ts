import { Secret, TOTP } from "otpauth";

const STEP_MS = 30_000;
const ISSUER = "Kề Bên";

/** 20 bytes of chance, as authenticator apps take them. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the picture to scan says. */
export function uriOf(secret: string, name: string): string {
  return totp(secret, name).toString();
}

/** The step (of 30 s) that a code belongs to, the one before and after now included; null when it is of none. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = totp(secret, "").validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / STEP_MS) + delta;
}

// SHA-1 is what every app knows; nothing here rests on its collisions.
const totp = (secret: string, label: string) =>
  new TOTP({ issuer: ISSUER, label, algorithm: "SHA1", digits: 6, period: STEP_MS / 1000, secret });

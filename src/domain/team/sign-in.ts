import { z } from "zod";
import { CounsellorId } from "../kernel/ids.ts";
import { type Account, isOpen } from "./account.ts";

/** One browser that is signed in. Times in milliseconds since 1970. */
export const SignIn = z.strictObject({
  counsellorId: CounsellorId,
  expiresAt: z.number(),
  openedAt: z.number().default(0),
});
export type SignIn = z.infer<typeof SignIn>;

/** However busy, a counsellor signs in once a shift. */
export const LONGEST_MS = 12 * 3600 * 1000;
/**
 * A console that is open asks every quarter of a minute, and must ring through a quiet night; one that was closed or
 * asleep for this long is signed out.
 */
export const IDLE_MS = 60 * 60_000;

/** Whether it still lets this account in, as far as its times go. */
export function isValid({ expiresAt, openedAt }: SignIn, account: Account, now: number): boolean {
  return now < expiresAt && isOpen(account) && openedAt >= account.validFrom;
}

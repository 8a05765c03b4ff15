import { hash, verify } from "@node-rs/argon2";

/** argon2id, 19 MiB, two passes: OWASP's first recommendation; about 0.1 s off the main thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

export function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize("NFC"));
}

let decoy: Promise<string> | null = null;

/** Takes as long as a real check, so that the time of the answer does not tell which names exist. */
export async function checkNothing(password: string): Promise<false> {
  decoy ??= hashPassword("no such counsellor");
  await isPassword(await decoy, password);
  return false;
}

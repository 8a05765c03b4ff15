import { createHash, createHmac } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { AppError } from "../../../../app/errors.ts";
import { allKeys, type RingKey, ringOf, type StoreKey } from "../key-ring.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What lies beside a backup as `<file>.json`: enough to tell, without the key, whether it is whole, and with the key, whether it fits. */
export const Manifest = z.strictObject({
  kind: z.literal("ke-ben-backup"),
  schema: z.literal(1),
  createdAt: z.iso.datetime(),
  bytes: z.number().int().nonnegative(),
  /** Of the file. */
  sha256: Sha256,
  rows: z.number().int().nonnegative(),
  /** Of all keys and sealed values in order, however the pages of the file lie. */
  rowsSha256: Sha256,
  /** Rows that were damaged in the store already. */
  unreadable: z.number().int().nonnegative(),
  keyCheck: Sha256,
});
export type Manifest = z.infer<typeof Manifest>;

export const manifestPath = (file: string) => `${file}.json`;

/** Throws `BACKUP_UNUSABLE` when there is none or it is not one of ours. */
export function readManifest(file: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(manifestPath(file), "utf8")));
  } catch (cause) {
    throw new AppError("BACKUP_UNUSABLE", {
      detail: `${manifestPath(file)} is missing or no manifest`,
      cause,
    });
  }
}

/** Tells two keys apart and gives nothing away about either. */
export function keyCheckOf(key: StoreKey): string {
  return checkOf(ringOf(key).current);
}

/** Whether the key that was current then is still in the ring. */
export function mayOpen(key: StoreKey, keyCheck: string): boolean {
  return allKeys(ringOf(key)).some((each) => checkOf(each) === keyCheck);
}

const checkOf = ({ key }: RingKey) => createHmac("sha256", key).update("ke-ben backup").digest("hex");

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

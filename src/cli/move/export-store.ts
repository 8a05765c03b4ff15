import { existsSync } from "node:fs";
import type { FileSecret } from "../../adapters/move-file/file-key.ts";
import { MoveFileError } from "../../adapters/move-file/move-file-error.ts";
import { readMoveFile } from "../../adapters/move-file/read-move-file.ts";
import { differences, type Totals } from "../../adapters/move-file/tally.ts";
import { writeMoveFile } from "../../adapters/move-file/write-move-file.ts";
import type { MovableStore, StoredRow } from "../../app/stored-row.ts";

export interface Exported {
  readonly totals: Totals;
  /** Rows whose stored bytes could not be opened; they are in the file as damaged. */
  readonly damaged: number;
}

/**
 * Writes everything of a store into one file and reads the file back. Throws `MoveFileError`, and leaves no file,
 * when a server uses the store, before or after.
 */
export async function exportStore(
  store: MovableStore,
  file: {
    readonly path: string;
    readonly secret: FileSecret;
    readonly fingerprint: string;
    readonly now: number;
  },
): Promise<Exported> {
  if (existsSync(file.path)) throw new MoveFileError(`${file.path} exists already; it is not written over`);
  const mark = await store.readMark();
  if (mark !== null && mark.finishedAt === null)
    throw new MoveFileError("an import into this store was not finished; finish it first (import --resume)");
  await refuseUsed(store);
  let damaged = 0;
  async function* counted(): AsyncGenerator<StoredRow> {
    for await (const row of store.rows(file.now)) {
      if ("value" in row && row.value === null) damaged++;
      yield row;
    }
    // A server that was started meanwhile may have written behind our back.
    await refuseUsed(store);
  }
  const totals = await writeMoveFile(counted(), file);
  const unlike = differences(totals, await totalsOf(file.path, file.secret));
  if (unlike.length > 0)
    throw new MoveFileError(`${file.path} does not read back as it was written: ${unlike.join(", ")}`);
  return { totals, damaged };
}

/** Reads a file to its end and answers what it holds. Throws `MoveFileError` where it is not whole and unchanged. */
export async function totalsOf(path: string, secret: FileSecret): Promise<Totals> {
  const rows = readMoveFile(path, secret);
  for (;;) {
    const next = await rows.next();
    if (next.done) return next.value;
  }
}

async function refuseUsed(store: MovableStore): Promise<void> {
  const user = await store.usedBy();
  if (user !== null)
    throw new MoveFileError(
      `the store is in use by ${user}: what is written meanwhile would be left behind. Stop it first`,
    );
}

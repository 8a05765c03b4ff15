import type { FileSecret } from "../../adapters/move-file/file-key.ts";
import { MoveFileError } from "../../adapters/move-file/move-file-error.ts";
import { readMoveFile, readMoveHeader } from "../../adapters/move-file/read-move-file.ts";
import { createTally, differences, type Totals } from "../../adapters/move-file/tally.ts";
import type { MovableStore, StoredRow } from "../../app/stored-row.ts";
import { totalsOf } from "./export-store.ts";

const BATCH = 500;

export interface ImportRequest {
  readonly path: string;
  readonly secret: FileSecret;
  /** Of the installation that the rows go into. */
  readonly fingerprint: string;
  /** Goes on with an import of the same file that was interrupted. */
  readonly resume: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onProgress?: (rows: number) => void;
}

/**
 * Brings a file into an empty store, then reads the store and compares. The whole file is proven before the first
 * row is written. Until the end the store carries a mark with which no server starts on it. Throws `MoveFileError`.
 */
export async function importStore(
  store: MovableStore,
  request: ImportRequest,
): Promise<Totals | "done-before"> {
  const { path, secret, now } = request;
  const { header } = await readMoveHeader(path);
  if (header.store !== request.fingerprint)
    throw new MoveFileError(
      "the file comes from a store with another STORE_KEY. People are known by hashes made with that key: with " +
        "another one nobody would find their conversation again. Set STORE_KEY (or DATA_DIR/store.key) to the old one",
    );
  const totals = await totalsOf(path, secret);
  const user = await store.usedBy();
  if (user !== null) throw new MoveFileError(`the store is in use by ${user}. Stop it first`);

  const mark = await store.readMark();
  if (mark?.file === header.id && mark.finishedAt !== null) return "done-before";
  const isOurs = mark?.file === header.id;
  if (isOurs && !request.resume) throw new MoveFileError("this file is half imported; go on with --resume");
  if (!isOurs && ((mark !== null && mark.finishedAt === null) || !(await store.isEmpty())))
    throw new MoveFileError(
      "the store is not empty, and what is in it does not come from this file. Two stores cannot be mixed",
    );

  const startedAt = mark !== null && isOurs ? mark.startedAt : now;
  await store.putMark({ file: header.id, startedAt, finishedAt: null });
  await writeAll(store, request);
  const unlike = differences(totals, await tallyOf(store, header.at));
  if (unlike.length > 0)
    throw new MoveFileError(
      `what was written does not read back the same: ${unlike.join(", ")}. No server will start on it`,
    );
  await store.putMark({ file: header.id, startedAt, finishedAt: now });
  return totals;
}

async function writeAll(store: MovableStore, { path, secret, onProgress }: ImportRequest): Promise<void> {
  let batch: StoredRow[] = [];
  let written = 0;
  const flush = async () => {
    await store.write(batch);
    written += batch.length;
    onProgress?.(written);
    batch = [];
  };
  for await (const row of readMoveFile(path, secret)) {
    batch.push(row);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

async function tallyOf(store: MovableStore, asOf: number): Promise<Totals> {
  const tally = createTally();
  for await (const row of store.rows(asOf)) tally.add(row);
  return tally.totals();
}

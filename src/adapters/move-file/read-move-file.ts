import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { StoredRow } from "../../app/stored-row.ts";
import { fileKey, type FileSecret } from "./file-key.ts";
import { FRAME_HEAD, type Framing, LENGTH_BYTES, MAX_FRAME_BYTES, openFrame } from "./frame.ts";
import { MoveFileError } from "./move-file-error.ts";
import { MoveHeader } from "./move-header.ts";
import { createTally, differences, Totals } from "./tally.ts";

const MAX_HEADER_BYTES = 4096;

/** Reads the first line. Throws `MoveFileError` where the file is none of ours. */
export async function readMoveHeader(path: string): Promise<{ header: MoveHeader; line: string }> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw new MoveFileError(`${path} cannot be read (${(cause as { code?: string }).code ?? "unknown"})`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0);
    const end = buffer.subarray(0, bytesRead).indexOf("\n");
    const line = buffer.subarray(0, Math.max(0, end)).toString("utf8");
    const header = MoveHeader.safeParse(parseJson(line));
    if (header.success) return { header: header.data, line };
    throw new MoveFileError(
      `${path} is not a file of "npm run export", or one of a newer version: its first line cannot be read`,
    );
  } finally {
    await file.close();
  }
}

/**
 * The rows of a move file, in order. Throws `MoveFileError` when a byte was changed, the end is missing, or what was
 * read is not what was written; the rows before that place were sound, but are not all.
 */
export async function* readMoveFile(path: string, secret: FileSecret): AsyncGenerator<StoredRow, Totals> {
  const { header, line } = await readMoveHeader(path);
  if (header.secret !== secret.kind)
    throw new MoveFileError(
      header.secret === "passphrase"
        ? "the file was made with --passphrase-file; give the same file again"
        : "the file was made with the store's own key; leave --passphrase-file out",
    );
  const framing: Framing = { key: fileKey(secret, Buffer.from(header.salt, "base64url")), header: line };
  const tally = createTally();
  let totals: Totals | null = null;
  for await (const { text, isLast } of frames(path, framing)) {
    for (const each of text.split("\n")) {
      if (each === "") continue;
      const row = parseJson(each);
      const end = isLast ? (row as { totals?: unknown } | null)?.totals : undefined;
      if (end !== undefined) {
        totals = Totals.parse(end);
        continue;
      }
      const parsed = StoredRow.safeParse(row);
      if (!parsed.success)
        throw new MoveFileError("the file holds a kind of row that this version does not know");
      tally.add(parsed.data);
      yield parsed.data;
    }
  }
  if (totals === null) throw new MoveFileError("the file has no totals at its end");
  const unlike = differences(totals, tally.totals());
  if (unlike.length > 0) throw new MoveFileError(`the file does not hold what it says: ${unlike.join(", ")}`);
  return totals;
}

async function* frames(path: string, framing: Framing): AsyncGenerator<{ text: string; isLast: boolean }> {
  const headerBytes = Buffer.byteLength(framing.header) + 1;
  let rest: Buffer = Buffer.alloc(0);
  let index = 0;
  let isEnded = false;
  for await (const chunk of createReadStream(path, { start: headerBytes, highWaterMark: 1024 * 1024 })) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    for (let frame = takeFrame(rest); frame !== null; frame = takeFrame(rest)) {
      if (isEnded) throw new MoveFileError("something was added behind the end of the file");
      rest = rest.subarray(frame.bytes);
      yield { text: opened(framing, { ...frame, index }), isLast: frame.isLast };
      isEnded = frame.isLast;
      index++;
    }
  }
  if (!isEnded) throw new MoveFileError("the end of the file is missing: it was cut off or not copied whole");
  if (rest.length > 0) throw new MoveFileError("something was added behind the end of the file");
}

interface Frame {
  readonly sealed: Buffer;
  readonly isLast: boolean;
  readonly bytes: number;
}

function takeFrame(bytes: Buffer): Frame | null {
  if (bytes.length < FRAME_HEAD) return null;
  const length = bytes.readUInt32BE(0);
  if (length > MAX_FRAME_BYTES)
    throw new MoveFileError("the file was changed: a length in it cannot be right");
  const end = FRAME_HEAD + length;
  if (bytes.length < end) return null;
  return { sealed: bytes.subarray(FRAME_HEAD, end), isLast: bytes[LENGTH_BYTES] === 1, bytes: end };
}

function opened(framing: Framing, frame: Frame & { readonly index: number }): string {
  try {
    return openFrame(framing, frame);
  } catch {
    throw new MoveFileError(
      frame.index === 0
        ? "the file cannot be opened: the key or the passphrase is another one, or it was changed"
        : `the file was changed: part ${frame.index + 1} of it does not open`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

import { createHash } from "node:crypto";
import { AppError } from "../../../app/errors.ts";
import { COLUMN_NAMES, COLUMNS } from "./labels.ts";
import type { Model } from "./model.ts";

/** A model as bytes: magic, header as JSON, then the arrays one after the other, each at a multiple of four. */

const MAGIC = 0x4b424e31; // "KBN1"
const FORMAT = 1;
const PREFIX = 12;

interface Header {
  readonly format: number;
  /** Of data and code it was made from. */
  readonly key: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly gate: Model["gate"];
  readonly sharpness: Model["sharpness"];
  readonly digest: string;
}

export function encodeModel(model: Model, key: string): Buffer {
  const { vocabulary, weights, scales, biases, gate, sharpness } = model;
  const body = Buffer.concat(
    [vocabulary.hashes, vocabulary.idf, scales, biases, vocabulary.blocks, weights].map(toPadded),
  );
  const header: Header = {
    format: FORMAT,
    key,
    columns: COLUMN_NAMES,
    rows: scales.length,
    gate,
    sharpness,
    digest: digestOf(body),
  };
  const json = Buffer.from(JSON.stringify(header));
  const head = toPadded(json);
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32LE(MAGIC, 0);
  prefix.writeUInt32LE(json.length, 4);
  prefix.writeUInt32LE(head.length, 8);
  return Buffer.concat([prefix, head, body]);
}

/** Throws `MODEL_UNUSABLE` for a file that is broken, of another version, or made from other data. */
export function decodeModel(bytes: Buffer, key: string): Model {
  if (bytes.length < PREFIX || bytes.readUInt32LE(0) !== MAGIC) throw unusable("it is no model file");
  const header = readHeader(bytes);
  if (header.format !== FORMAT || header.key !== key)
    throw unusable("it was made from other data or by another version");
  if (header.columns.join() !== COLUMN_NAMES.join())
    throw unusable("its labels are not those of this version");
  const body = bytes.subarray(PREFIX + bytes.readUInt32LE(8));
  if (digestOf(body) !== header.digest) throw unusable("its bytes are damaged");
  return readBody(body, header);
}

function readHeader(bytes: Buffer): Header {
  try {
    return JSON.parse(bytes.subarray(PREFIX, PREFIX + bytes.readUInt32LE(4)).toString()) as Header;
  } catch (cause) {
    throw unusable("its header cannot be read", cause);
  }
}

function readBody(body: Buffer, { rows, gate, sharpness }: Header): Model {
  // Copied out once: views into the file's buffer would keep it from being freed and may lie at odd addresses.
  const copy = new Uint8Array(body).buffer;
  let at = 0;
  const take = (length: number) => {
    const start = at;
    at += (length + 3) & ~3;
    return [copy, start] as const;
  };
  const hashes = new Int32Array(...take(rows * 4), rows);
  const idf = new Float32Array(...take(rows * 4), rows);
  const scales = new Float32Array(...take(rows * 4), rows);
  const biases = new Float32Array(...take(COLUMNS * 4), COLUMNS);
  const blocks = new Uint8Array(...take(rows), rows);
  const weights = new Int8Array(...take(rows * COLUMNS), rows * COLUMNS);
  return { vocabulary: { hashes, idf, blocks }, weights, scales, biases, gate, sharpness };
}

function toPadded(array: NodeJS.TypedArray): Buffer {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  const rest = (4 - (bytes.length % 4)) % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(rest)]);
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function unusable(detail: string, cause?: unknown): AppError {
  return new AppError("MODEL_UNUSABLE", { detail, cause });
}

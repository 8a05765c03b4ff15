import { AppError } from "../../../app/errors.ts";

/** Reads what Redis answered. Bulk strings come as bytes; any other shape than expected is a fault of the store. */
function unexpected(wanted: string): AppError {
  return new AppError("STORE_UNREADABLE", { detail: `Redis answered something else than ${wanted}` });
}

export function bytesOrNull(reply: unknown): Buffer | null {
  if (reply === null) return null;
  if (Buffer.isBuffer(reply)) return reply;
  throw unexpected("bytes");
}

export function bytes(reply: unknown): Buffer {
  if (Buffer.isBuffer(reply)) return reply;
  throw unexpected("bytes");
}

export function text(reply: unknown): string {
  if (typeof reply === "string") return reply;
  return bytes(reply).toString();
}

export function number(reply: unknown): number {
  if (typeof reply === "number") return reply;
  throw unexpected("a number");
}

export function list(reply: unknown): readonly unknown[] {
  if (Array.isArray(reply)) return reply;
  throw unexpected("a list");
}

/** [a, b, c, d] → [[a, b], [c, d]] */
export function pairs(reply: unknown): [unknown, unknown][] {
  const flat = list(reply);
  return Array.from({ length: flat.length >> 1 }, (_each, index) => [flat[index * 2], flat[index * 2 + 1]]);
}

export interface StreamRow {
  readonly place: string;
  readonly fields: ReadonlyMap<string, Buffer>;
}

/** The answer of XRANGE. */
export function streamRows(reply: unknown): StreamRow[] {
  return list(reply).map((row) => {
    const [place, fields] = list(row);
    return {
      place: text(place),
      fields: new Map(pairs(fields).map(([name, value]) => [text(name), bytes(value)])),
    };
  });
}

export function field(row: StreamRow, name: string): Buffer {
  return bytes(row.fields.get(name));
}

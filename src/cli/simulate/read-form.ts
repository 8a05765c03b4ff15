import type { IncomingMessage } from "node:http";

export interface ReadBody {
  /** The bytes as text, where they are text. */
  readonly text: string;
  /** Fields and files of a form; empty for any other body. */
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A body as the vendors' servers read it: JSON as text, a multipart form by its parts. */
export async function readForm(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  const fields = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  if (!type.startsWith("multipart/form-data")) return { text: bytes.toString("utf8"), fields, files };
  // Node's own reader is stricter than the vendors': it refuses the lower-case heads that grammY writes.
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1] ?? "";
  for (const part of bytes.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const content = Buffer.from(rest.join("\r\n\r\n").replace(/\r\n$/, ""), "latin1");
    const name = /name="([^"]*)"/i.exec(head)?.[1] ?? "";
    if (/filename=/i.test(head)) files.set(name, content);
    else fields.set(name, content.toString("utf8"));
  }
  return { text: "", fields, files };
}

const PNG = [0x89, 0x50, 0x4e, 0x47];
export const isPng = (bytes: Uint8Array | undefined) =>
  bytes !== undefined && PNG.every((byte, index) => bytes[index] === byte);

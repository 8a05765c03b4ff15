import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";

const built = join(import.meta.dirname, "..", "..", "dist", "public");
const gzipped = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file)), { level: 9 }).length, 0);

describe("what a phone has to download", () => {
  it.each([
    { what: "the loader on the host page", files: ["widget.js"], limit: 4000 },
    { what: "the chat, until one can write", files: ["chat.html", "chat.js", "chat.css"], limit: 20_000 },
    { what: "what the chat fetches after that", files: ["more.js"], limit: 8000 },
    { what: "the console", files: ["console.html", "console.js", "console.css"], limit: 60_000 },
  ])("$what stays within $limit bytes, gzipped", ({ files, limit }) => {
    expect(gzipped(files)).toBeLessThanOrEqual(limit);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const publicDir = join(dirname(fileURLToPath(import.meta.url)), "..", "public");

/**
 * Gzip bytes of what a browser downloads: the loader on the host page; page, script and style of the chat and the
 * console; what the chat fetches second, when it can be used already.
 */
const PARTS = {
  loader: ["widget.js"],
  chat: ["chat.html", "chat.js", "chat.css"],
  chatLater: ["more.js"],
  console: ["console.html", "console.js", "console.css"],
} as const;

const sizes = Object.fromEntries(
  Object.entries(PARTS).map(([name, files]) => {
    const present = files.map((file) => join(publicDir, file)).filter(existsSync);
    return [name, present.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0)];
  }),
);
process.stdout.write(`${JSON.stringify(sizes)}\n`);

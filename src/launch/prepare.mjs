// Runs before anything is installed: only what Node itself brings.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const NODE_NEEDED = [20, 19];

export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])) return;
  say(
    `Kề Bên needs Node ${NODE_NEEDED.join(".")} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(1);
}

/** Runs a command, its output on our standard error: standard output belongs to the command that was asked for. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
  return result.status ?? 1;
}

function hashFile(file) {
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "";
}

/** Installs what is missing. `everything` adds the tools for tests and checks. */
export function ensureInstalled({ everything }) {
  const stamp = join(root, "node_modules", ".ke-ben-installed");
  const wanted = hashFile(join(root, "package-lock.json"));
  const [kind, hash] = existsSync(stamp) ? readFileSync(stamp, "utf8").split(" ") : ["", ""];
  if (hash === wanted && (kind === "all" || !everything)) return;
  say(
    everything
      ? "Installing packages, test tools included (about half a minute) …"
      : "Installing packages (about half a minute) …",
  );
  const started = Date.now();
  const status = run("npm", [
    "ci",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...(everything ? [] : ["--omit=dev"]),
  ]);
  if (status !== 0) {
    say("npm ci failed (see above). With a network that reaches the npm registry, run it again.");
    process.exit(status);
  }
  writeFileSync(stamp, `${everything ? "all" : "run"} ${wanted}`);
  say(`Installed in ${seconds(started)}.`);
}

function newest(directory, latest = 0) {
  let found = latest;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    found = entry.isDirectory() ? newest(path, found) : Math.max(found, statSync(path).mtimeMs);
  }
  return found;
}

/** Compiles `src` into `dist` when something there is newer than the last build. */
export async function ensureBuilt() {
  const stamp = join(root, "dist", ".built");
  const changed = Math.max(
    newest(join(root, "src")),
    statSync(join(root, "package-lock.json")).mtimeMs,
    statSync(join(root, "tsconfig.json")).mtimeMs,
  );
  if (existsSync(stamp) && Number(readFileSync(stamp, "utf8")) >= changed) return;
  const started = Date.now();
  say("Building …");
  // What was built of files that are gone would be run, and counted into the key of the model.
  rmSync(join(root, "dist"), { recursive: true, force: true });
  mkdirSync(join(root, "dist"), { recursive: true });
  const status = run(process.execPath, [
    join(root, "node_modules", "typescript", "bin", "tsc"),
    "-p",
    "tsconfig.json",
  ]);
  if (status !== 0) process.exit(status);
  const { buildPages } = await import("./build-pages.mjs");
  await buildPages();
  writeFileSync(stamp, String(changed));
  say(`Built in ${seconds(started)}.`);
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

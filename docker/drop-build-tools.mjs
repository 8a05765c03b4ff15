// Removes from node_modules what only the build needs: nothing that runs imports it, and what is not there cannot be misused.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules");
/** The compiler, the bundler, and what is bundled into the pages already. */
const BUILD_ONLY = ["typescript", "@typescript", "esbuild", "@esbuild", "preact"];

for (const name of BUILD_ONLY) {
  const path = join(modules, name);
  if (!existsSync(path)) throw new Error(`${name} is not there: was it renamed?`);
  rmSync(path, { recursive: true });
}
const commands = join(modules, ".bin");
if (existsSync(commands)) rmSync(commands, { recursive: true });
process.stdout.write(`${readdirSync(modules).length} folders left\n`);

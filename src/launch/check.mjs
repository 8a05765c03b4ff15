import { spawnSync } from "node:child_process";
import { checkNode, ensureInstalled, root, say, seconds } from "./prepare.mjs";

/** In the order in which a mistake is cheapest to find. */
const STEPS = ["types", "lint", "format:check", "boundaries", "dead", "content", "gate", "test"];

checkNode();
ensureInstalled({ everything: true });
const failed = [];
for (const step of STEPS) {
  const started = Date.now();
  const result = spawnSync("npm", ["run", "--silent", step], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  say(`${result.status === 0 ? "ok    " : "FAILED"} ${step} (${seconds(started)})`);
  if (result.status !== 0) failed.push(step);
}
say(failed.length === 0 ? "All checks passed." : `Failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

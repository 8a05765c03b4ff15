import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNode, ensureBuilt, ensureInstalled, root, run, say } from "./prepare.mjs";

const DEBIAN = {
  "redis-server": ["/usr/bin/redis-server", "/usr/local/bin/redis-server"],
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser"],
};

/** The tests drive a real Redis and a real browser. Installs them where that may be done, else says what to run. */
function ensureDebianPackages() {
  const missing = Object.entries(DEBIAN)
    .filter(([, places]) => !places.some(existsSync))
    .map(([name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    say(`Installing ${missing.join(" and ")} for the tests …`);
    const quiet = {
      stdio: ["ignore", "ignore", 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    if (
      run(
        "/bin/sh",
        ["-c", `apt-get update -qq; apt-get install -y -qq --no-install-recommends ${missing.join(" ")}`],
        quiet,
      ) === 0
    )
      return;
  }
  say(
    `The tests need ${missing.join(" and ")}. On Debian or Ubuntu run:\n\n  sudo sh -c '${command}'\n\nthen npm test again.`,
  );
  process.exit(1);
}

/** Between the report of the tests and the end of their process. */
const GRACE_SECONDS = 20;

checkNode();
ensureInstalled({ everything: true });
ensureDebianPackages();
await ensureBuilt();

const report = join(tmpdir(), `ke-ben-tests-${process.pid}.json`);
const jest = spawn(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    join(root, "node_modules", "jest", "bin", "jest.js"),
    "-c",
    join(root, ".config", "jest.config.mjs"),
    "--json",
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
// A test that leaves something running must not keep everybody waiting for ever.
let sinceReport = 0;
let isHung = false;
const watch = setInterval(() => {
  if (!existsSync(report) || ++sinceReport < GRACE_SECONDS) return;
  isHung = true;
  jest.kill("SIGKILL");
}, 1000);

jest.on("exit", (code) => {
  clearInterval(watch);
  if (isHung) say("The tests had ended, but something that one of them started went on running.");
  const result = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  rmSync(report, { force: true });
  if (result === null) {
    process.stdout.write("0 passed, 1 failed\n");
    process.exit(code ?? 1);
  }
  const skipped = result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : "";
  // A suite that could not even be read has no test to count, and must not look like success.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + (isHung ? 1 : 0);
  process.stdout.write(`${result.numPassedTests} passed, ${failed} failed${skipped}\n`);
  process.exit(result.success && failed === 0 ? 0 : code || 1);
});

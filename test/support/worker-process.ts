import { afterAll } from "@jest/globals";
import { buildSync } from "esbuild";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { WorkerOrder, WorkerReport } from "./redis-worker.ts";

export interface WorkerProcess {
  readonly reports: WorkerReport[];
  say(word: "go" | "stop"): void;
  signal(name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  end(): Promise<void>;
}

let bundle: string | null = null;
afterAll(() => {
  if (bundle !== null) rmSync(dirname(bundle), { recursive: true, force: true });
  bundle = null;
});

/** One file with everything in it: Node 20 runs no TypeScript of its own. */
function bundled(): string {
  if (bundle !== null) return bundle;
  bundle = join(mkdtempSync(join(tmpdir(), "ke-ben-worker-")), "worker.cjs");
  buildSync({
    stdin: {
      contents: 'import { runWorker } from "./redis-worker.ts"; void runWorker();',
      resolveDir: dirname(fileURLToPath(import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: bundle,
    logLevel: "error",
  });
  return bundle;
}

export function startWorker(order: WorkerOrder): WorkerProcess {
  const reports: WorkerReport[] = [];
  const child: ChildProcess = fork(bundled(), [JSON.stringify(order)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (report) => reports.push(report as WorkerReport));
  const killAtExit = () => void child.kill("SIGKILL");
  process.once("exit", killAtExit);
  return {
    reports,
    say: (word) => void child.send(word),
    signal: (name) => void child.kill(name),
    async end() {
      process.off("exit", killAtExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

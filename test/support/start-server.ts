import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
// The same as a developer's own server and `npm run gate` use: one training for all.
const MODELS = join(projectRoot, "data", "models");
// A first start trains the language model, on a machine that is busy with other tests.
const START_WITHIN_MS = 240_000;
/** For the hook that starts a server: longer than a start that has to wait for another one. */
export const START_LIMIT_MS = 500_000;

/** The whole real server as a process of its own, on a free port and a folder of its own. */
export interface RunningServer {
  readonly base: string;
  /** Of the first start; null when there is an account already. */
  readonly setupLink: string | null;
  /** `kill -9`: no goodbye, no flush. */
  crash(): Promise<void>;
  /** Starts again on the same port and the same data. */
  restart(): Promise<void>;
  /** All that the process printed since it started first. */
  printed(): string;
  /** Where it keeps what it keeps. */
  readonly dataDir: string;
  /** As `kill -HUP` does. */
  signal(name: NodeJS.Signals): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export async function startServer(
  environment: Readonly<Record<string, string>> = {},
  /** Of a copy of the project, where a test changes what the server reads. */
  root = projectRoot,
): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "ke-ben-test-"));
  shareModels(dataDir);
  const printed: string[] = [];
  const launchHere = (env: Readonly<Record<string, string>>) => launch(root, env, printed);
  let started = await oneAtATime(() => launchHere({ DATA_DIR: dataDir, PORT: "0", ...environment }));
  const { base, setupLink } = started;
  return {
    base,
    setupLink,
    async crash() {
      await end(started.child, "SIGKILL");
    },
    async restart() {
      started = await launchHere({ DATA_DIR: dataDir, ...environment, PORT: new URL(base).port });
    },
    dataDir,
    printed: () => printed.join(""),
    signal(name) {
      started.child.kill(name);
    },
    async remove() {
      await end(started.child, "SIGKILL");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Training takes its time and depends on `intents/` alone: all tests of a machine use the same models. */
function shareModels(dataDir: string): void {
  mkdirSync(MODELS, { recursive: true });
  symlinkSync(MODELS, join(dataDir, "models"));
}

/** Two tests that start together would otherwise both train the same model, each at half the speed. */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(MODELS, ".starting");
  while (!isTaken(lock)) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // Left behind by a test run that was killed.
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > START_WITHIN_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

async function launch(root: string, environment: Readonly<Record<string, string>>, printed: string[]) {
  const main = join(root, "dist", "main.js");
  if (!existsSync(main)) throw new Error("dist/main.js is missing: npm run build");
  const child = spawn(process.execPath, ["-e", `import(${JSON.stringify(main)}).then((m) => m.main())`], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));
  const said = await outputUntil(child, /Console: +\S+\n(.*\n)*\n/);
  const base = /Demo page: +(\S+)\//.exec(said)?.[1];
  if (base === undefined) throw new Error(`no address in: ${said}`);
  return { child, base, setupLink: /(\S+\/console#setup=\S+)/.exec(said)?.[1] ?? null };
}

function outputUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the server did not start in time: ${said}`)),
      START_WITHIN_MS,
    );
    const hear = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (!pattern.test(said)) return;
      clearTimeout(late);
      resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code}: ${said}`));
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

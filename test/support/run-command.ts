import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A built command as a process of its own, as `npm run` starts it once everything is built. */
export function runCommand(
  name: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const script = join(ROOT, "dist", "cli", `${name}.js`);
  if (!existsSync(script)) throw new Error(`${script} is missing: npm run build`);
  return run(process.execPath, [script, ...words], { environment: { ...environment, NODE_OPTIONS: "" } });
}

export interface How {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export function run(program: string, words: readonly string[], how: How = {}): Promise<Ended> {
  const { environment = {}, ...options } = how;
  const child = spawn(program, words, {
    cwd: ROOT,
    ...options,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, out, err }));
  });
}

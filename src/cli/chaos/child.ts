import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const running = new Set<ChildProcess>();
// Whatever ends us: nothing that we started stays behind. By handle, never by name.
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export interface Order {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it prints when it is ready. */
  readonly ready: RegExp;
  /** Milliseconds. */
  readonly within: number;
}

export interface Child {
  readonly pid: number | undefined;
  readonly said: string;
  signal(name: "SIGKILL" | "SIGTERM" | "SIGSTOP" | "SIGCONT"): void;
  /** Resolves when it has ended. */
  ended(): Promise<void>;
  isRunning(): boolean;
}

/** Starts a process and waits until it says that it is ready. */
export async function startChild({ command, args, cwd, env, ready, within }: Order): Promise<Child> {
  const child = spawn(command, [...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`${command} ${why}: ${said.slice(-2000)}`));
    };
    const late = setTimeout(() => fail("was not ready in time"), within);
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString("utf8")).slice(-20_000);
      if (!ready.test(said)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", () => fail("could not be started"));
    child.once("exit", (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  });
  return {
    pid: child.pid,
    get said() {
      return said;
    },
    signal: (name) => void child.kill(name),
    async ended() {
      if (isRunning()) await once(child, "exit");
    },
    isRunning,
  };
}

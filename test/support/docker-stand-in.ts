import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Stage, Step } from "./dockerfile.ts";
import { run } from "./run-command.ts";

const ROOT = join(import.meta.dirname, "..", "..");

export interface BuiltStage {
  /** The folder that stands for "/". */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
}

/**
 * Takes the steps of one stage in a folder that stands for "/". No engine and no network: packages come as links from
 * our own node_modules (those that `npm ci --omit=dev` would bring), and a model that was trained before is laid ready.
 */
export async function buildStage(
  stage: Stage,
  root: string,
  earlier: ReadonlyMap<string, BuiltStage>,
): Promise<BuiltStage> {
  let env: Record<string, string> = {};
  let user = "root";
  let folder = "/";
  for (const step of stage.steps) {
    if (step.kind === "env") env = { ...env, ...step.values };
    if (step.kind === "user") user = step.value;
    if (step.kind === "workdir") mkdirSync(join(root, (folder = step.value)), { recursive: true });
    if (step.kind === "copy")
      copy(step, { root, folder, from: step.from === null ? ROOT : earlier.get(step.from)?.root });
    if (step.kind === "run") await runStep(step.command, { root, folder, env });
  }
  return { root, env, user };
}

function copy(
  { sources, to, from: stage }: Extract<Step, { kind: "copy" }>,
  { root, folder, from }: { root: string; folder: string; from: string | undefined },
): void {
  if (from === undefined) throw new Error(`no stage ${stage}`);
  for (const source of sources) {
    const path = join(from, source);
    if (stage === null && isIgnored(source)) throw new Error(`${source} is in .dockerignore`);
    if (!existsSync(path)) throw new Error(`COPY: there is no ${source}`);
    const isFolder = isFolderAt(path);
    const target = join(root, folder, to);
    const place = isFolder ? target : to.endsWith("/") ? join(target, basename(source)) : target;
    linkTree(path, place);
  }
}

const isFolderAt = (path: string) => statSync(path).isDirectory();

function isIgnored(source: string): boolean {
  const lines = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
  return lines.some((line) => line !== "" && (source === line || source.startsWith(`${line}/`)));
}

/** Hard links where the disk allows it: hundreds of megabytes stay where they are. Nothing here writes into a file. */
function linkTree(from: string, to: string): void {
  if (isFolderAt(from)) return linkFolder(from, to);
  mkdirSync(dirname(to), { recursive: true });
  linkFile(from, to);
}

/** Tens of thousands of files: one question per folder, none per file. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkFile(source, target);
  }
}

function linkFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // There already (a later COPY wins), or another disk.
    rmSync(to, { force: true });
    cpSync(from, to, { dereference: true });
  }
}

async function runStep(
  command: string,
  { root, folder, env }: { root: string; folder: string; env: Readonly<Record<string, string>> },
): Promise<void> {
  if (command.includes("ensureInstalled")) return installWithoutNetwork(join(root, folder));
  if (command.includes("cli/train.js")) layModelReady(join(root, folder, "models"));
  // "chown" names a user of the image; who owns what here is the test's own business.
  const inside = command
    .replace(/&& chown \S+ \S+/, "")
    .replaceAll("/app", join(root, "app"))
    .replaceAll(" /data", ` ${join(root, "data")}`);
  const { status, out, err } = await run("/bin/sh", ["-c", inside], {
    environment: { ...env, NODE_OPTIONS: "" },
    cwd: join(root, folder),
  });
  if (status !== 0) throw new Error(`RUN ${command}: ${out}${err}`);
}

function installWithoutNetwork(app: string): void {
  const lock = JSON.parse(readFileSync(join(app, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev = false, devOptional = false }] of Object.entries(lock.packages)) {
    if (path === "" || dev || devOptional || !existsSync(join(ROOT, path)) || existsSync(join(app, path)))
      continue;
    linkPackage(join(ROOT, path), join(app, path));
  }
  // As the install leaves it, so that the next step does not install again.
  const hash = readFileSync(join(ROOT, "node_modules", ".ke-ben-installed"), "utf8").split(" ")[1] ?? "";
  mkdirSync(join(app, "node_modules"), { recursive: true });
  cpSync(join(ROOT, "node_modules", ".ke-ben-installed"), join(app, "node_modules", ".ke-ben-installed"));
  if (hash === "") throw new Error("node_modules was not installed by npm test");
}

/** The package without the packages inside it: those have lines of their own in the lock file. */
function linkPackage(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    if (name !== "node_modules") linkTree(join(from, name), join(to, name));
}

function layModelReady(models: string): void {
  const shared = join(ROOT, "data", "models");
  mkdirSync(models, { recursive: true });
  if (!existsSync(shared)) return;
  for (const name of readdirSync(shared))
    if (name.endsWith(".bin")) linkTree(join(shared, name), join(models, name));
}

/** A folder that any user may walk through, as in an image. */
export function openToAll(path: string): void {
  chmodSync(path, 0o755);
}

export function removeTree(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

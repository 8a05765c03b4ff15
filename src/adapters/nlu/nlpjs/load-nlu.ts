import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../../app/errors.ts";
import type { Nlu } from "../../../app/ports.ts";
import type { Model } from "./model.ts";
import { decodeModel, encodeModel } from "./model-file.ts";
import { createModelNlu } from "./model-nlu.ts";
import { createProgress } from "./progress.ts";
import { trainModel, trainOnThread } from "./train-model.ts";
import type { TrainingItem } from "./training-item.ts";

export interface LoadNluOptions {
  readonly intentsDir: string;
  /** Made when missing; holds one file per state of data and code. */
  readonly modelDir: string;
  /** Takes text for the terminal: a bar where there is one, two plain lines where there is none. */
  readonly onProgress: (text: string) => void;
  /** Reads the training lines; `loadCorpus` of `adapters/content`, handed in since adapters do not know each other. */
  readonly readCorpus: (intentsDir: string) => ReadCorpus;
}

export interface ReadCorpus {
  readonly items: readonly TrainingItem[];
  readonly problems: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

/** The door of this folder: loads the model that fits the data in `intents/`, or trains it first. */
export async function loadNlu(options: LoadNluOptions): Promise<Nlu> {
  return createModelNlu(await loadModel(options));
}

export async function loadModel(options: LoadNluOptions): Promise<Model> {
  const key = keyOf(options.intentsDir);
  const path = join(options.modelDir, `${key}.bin`);
  const cached = await readCached(path, key);
  if (cached !== null) return cached;
  const model = await train(options);
  await save(path, encodeModel(model, key));
  // Answering from the file's own bytes, so that the first run and every later one say the same.
  return decodeModel(encodeModel(model, key), key);
}

async function readCached(path: string, key: string): Promise<Model | null> {
  if (!existsSync(path)) return null;
  try {
    return decodeModel(await readFile(path), key);
  } catch (error) {
    // Damaged or foreign: it is made anew, never trusted.
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function train({ intentsDir, readCorpus, onProgress }: LoadNluOptions): Promise<Model> {
  const { items, problems } = readCorpus(intentsDir);
  if (problems.length > 0 || items.length === 0) {
    const lines = problems.map(({ file, line, message }) => `  ${file}:${line}: ${message}`);
    throw new AppError("CONTENT_INVALID", {
      detail: items.length === 0 ? "there is nothing to train on" : `\n${lines.join("\n")}`,
    });
  }
  const progress = createProgress(onProgress);
  const model = await trainModel(items, { trainPart: trainOnThread, onProgress: progress.show });
  progress.end();
  return model;
}

/** Two processes may train at once; each writes its own file and the rename is atomic. */
async function save(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const HERE = dirname(fileURLToPath(import.meta.url));
const CODE = [
  HERE,
  join(HERE, "lexicon"),
  join(HERE, "..", "..", "..", "domain", "text"),
  join(HERE, "..", "..", "..", "domain", "taxonomy"),
];

/** Of every byte the model depends on: the lines it learns and the code that reads them. */
function keyOf(intentsDir: string): string {
  const hash = createHash("sha256");
  const risk = join(intentsDir, "risk");
  for (const dir of [intentsDir, risk, join(risk, "conversations")]) addFiles(hash, dir, /\.yaml$/);
  for (const dir of CODE) addFiles(hash, dir, /(?<!\.d)\.(?:js|ts)$/);
  return hash.digest("hex").slice(0, 24);
}

function addFiles(hash: ReturnType<typeof createHash>, dir: string, pattern: RegExp): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir).sort()) {
    if (!pattern.test(name)) continue;
    hash.update(name).update(readFileSync(join(dir, name)));
  }
}

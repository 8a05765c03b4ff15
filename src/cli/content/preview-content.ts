import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fastify from "fastify";
import { lintContent } from "../../adapters/content/lint/lint-content.ts";
import { readFlowBook } from "../../adapters/content/load-flow-book.ts";
import { root } from "../shared/paths.ts";
import { type Previewed, previewPage } from "./preview-page.ts";
import { readWalkState } from "./walk-state.ts";

const LOOK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 25_000;

/** Serves the preview on this machine only, until it is stopped. Reads the files again whenever one was saved. */
export async function previewContent(port: number): Promise<void> {
  const directory = join(root, "flows");
  let stamp = stampOf(directory);
  let content = readAll(directory);
  const look = setInterval(() => {
    const now = stampOf(directory);
    if (now === stamp) return;
    stamp = now;
    content = readAll(directory);
  }, LOOK_EVERY_MS);
  look.unref();

  const app = fastify();
  app.get("/", async (request, reply) => {
    await reply
      .type("text/html; charset=utf-8")
      .send(previewPage(content, readWalkState(request.query), stamp));
  });
  // Answers as soon as a file was saved: the page then shows itself again.
  app.get("/changed", async (request) => {
    const { since } = request.query as { since?: string };
    for (let waited = 0; waited < ANSWER_WITHIN_MS && stamp === since; waited += LOOK_EVERY_MS) {
      await sleep(LOOK_EVERY_MS);
    }
    return { stamp };
  });
  await app.listen({ host: "127.0.0.1", port });
  process.stdout.write(`Preview of the content: http://127.0.0.1:${port}/ (Ctrl+C ends it)\n`);
}

function readAll(directory: string): Previewed {
  const read = readFlowBook(directory);
  const linted = read.book === null ? [] : lintContent({ ...read, book: read.book }, Date.now());
  return { ...read, mistakes: [...read.problems, ...linted] };
}

function stampOf(directory: string): string {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => {
      const { mtimeMs, size } = statSync(join(directory, name));
      return `${name} ${mtimeMs} ${size}`;
    })
    .sort()
    .join("|")
    .split("")
    .reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7)
    .toString(36);
}

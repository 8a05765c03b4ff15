import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadFlowBook } from "../../src/adapters/content/load-flow-book.ts";
import type { FlowBook } from "../../src/domain/dialogue/flow-book.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

let loaded: FlowBook | null = null;

/** The real content: a test of the dialogue that passes on made-up texts says nothing about what a child reads. */
export function theFlowBook(): FlowBook {
  loaded ??= loadFlowBook(join(root, "flows"));
  return loaded;
}

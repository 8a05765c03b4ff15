import { parseArgs } from "node:util";
import { MoveFileError } from "../../adapters/move-file/move-file-error.ts";
import type { Totals } from "../../adapters/move-file/tally.ts";
import { AppError } from "../../app/errors.ts";
import { readConfig } from "../../config.ts";
import { type Configured, openConfigured } from "./open-configured.ts";

export interface MoveOrder extends Configured {
  readonly path: string;
  readonly passphraseFile: string | undefined;
  readonly resume: boolean;
}

/** Runs a move and ends with what went wrong in one line, or with 0. */
export async function runMove(usage: string, move: (order: MoveOrder) => Promise<void>): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: { resume: { type: "boolean" }, "passphrase-file": { type: "string" } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new MoveFileError(usage);
    const configured = await openConfigured(readConfig(process.env));
    try {
      await move({
        ...configured,
        path,
        passphraseFile: values["passphrase-file"],
        resume: values.resume ?? false,
      });
    } finally {
      await configured.store.close();
    }
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof MoveFileError || error instanceof AppError) return error.message;
  const { code, message = String(error) } = error as { code?: string; message?: string };
  return code === undefined ? message : `${message} (${code})`;
}

/** One line per kind of row: how many, and the beginning of their hash. */
export function formatTotals(totals: Totals): string {
  const rows = Object.entries(totals).map(
    ([kind, { count, hash }]) => `  ${kind.padEnd(13)} ${String(count).padStart(9)}  ${hash.slice(0, 16)}`,
  );
  return rows.length === 0 ? "  nothing" : rows.join("\n");
}

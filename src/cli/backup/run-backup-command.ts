import { AppError } from "../../app/errors.ts";
import type { Config } from "../../config.ts";

/** Runs a command of the terminal: status 2 for wrong words, 1 for what was refused, with the reason on standard error. */
export async function runBackupCommand(
  usage: string,
  work: (words: readonly string[]) => Promise<boolean>,
): Promise<void> {
  try {
    if (await work(process.argv.slice(2))) return;
    process.stderr.write(`Usage: ${usage}\n`);
    process.exitCode = 2;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`${error instanceof AppError ? message : `failed (${code ?? message})`}\n`);
    process.exitCode = 1;
  }
}

/** Throws `BACKUP_REFUSED` where the data are not in DATA_DIR at all. */
export function onEmbeddedStore(config: Config): Config {
  if (config.STORE === "lmdb") return config;
  throw new AppError("BACKUP_REFUSED", {
    detail: 'STORE=redis: the data are in Redis, not here; see "Backup" in docs/operations.md',
  });
}

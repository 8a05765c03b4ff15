import { AppError } from "./app/errors.ts";
import { compose } from "./compose.ts";
import { readConfig } from "./config.ts";

/** Starts the server, or says in one message what is wrong and ends with status 1. */
export async function main(): Promise<void> {
  const startedAt = Date.now();
  try {
    const server = await compose(readConfig(process.env));
    announce(server, Date.now() - startedAt);
    const stop = () => void server.stop().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    process.on("SIGHUP", () => server.reloadContent());
  } catch (error) {
    process.stderr.write(`\nKề Bên did not start: ${explain(error)}\n`);
    process.exit(1);
  }
  // State we cannot vouch for must not answer children: a supervisor starts us again, and nothing is lost.
  process.on("unhandledRejection", (cause) => {
    const { name = "unknown" } = cause as { name?: string };
    process.stderr.write(`${JSON.stringify({ level: 60, event: "unhandled-rejection", name })}\n`);
    process.exit(1);
  });
}

function announce(
  { address, setupToken }: { address: string; setupToken: string | null },
  tookMs: number,
): void {
  const lines = [
    "",
    `Kề Bên is running (ready in ${(tookMs / 1000).toFixed(1)} s).`,
    `  Demo page:  ${address}/`,
    `  Console:    ${address}/console`,
  ];
  // After "#": a fragment never reaches a server's or a proxy's log.
  if (setupToken !== null)
    lines.push(`  First counsellor (one-time link): ${address}/console#setup=${setupToken}`);
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EADDRINUSE")
    return `the port is taken by another program; choose one with PORT=3001 npm start`;
  if (code === "EACCES") return `this port may not be opened (${message ?? code})`;
  return message ?? String(error);
}

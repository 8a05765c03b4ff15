import { AppError } from "./app/errors.ts";
import { compose, type RunningServer } from "./compose.ts";
import { type Config, readConfig } from "./config.ts";

/** Starts the server, or says in one message what is wrong and ends with status 1. */
export async function main(): Promise<void> {
  const startedAt = Date.now();
  try {
    const config = readConfig(process.env);
    const server = await compose(config);
    process.stdout.write(`${welcome(config.ROLE, server, Date.now() - startedAt).join("\n")}\n\n`);
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

function welcome(role: Config["ROLE"], server: RunningServer, tookMs: number): string[] {
  const { address, setupToken } = server;
  const took = `(ready in ${(tookMs / 1000).toFixed(1)} s)`;
  if (role === "worker")
    return [
      "",
      `Kề Bên is working ${took}.`,
      `  Pages and sockets are with the processes that serve (ROLE=web).`,
    ];
  const lines = [
    "",
    `Kề Bên is running ${took}.`,
    `  Demo page:  ${address}/`,
    `  Console:    ${address}/console`,
  ];
  // After "#": a fragment never reaches a server's or a proxy's log.
  if (setupToken !== null)
    lines.push(`  First counsellor (one-time link): ${address}/console#setup=${setupToken}`);
  return lines;
}

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EADDRINUSE")
    return `the port is taken by another program; choose one with PORT=3001 npm start`;
  if (code === "EACCES") return `this port may not be opened (${message ?? code})`;
  return message ?? String(error);
}

import { pino } from "pino";
import type { Logger } from "../../app/ports.ts";

/** Fields that could carry a person's words or a secret, whoever passes them by mistake. */
const NEVER = new Set([
  "text",
  "said",
  "speech",
  "content",
  "message",
  "body",
  "token",
  "password",
  "address",
  "key",
  "utterance",
  "headers",
  "url",
]);

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** JSON lines on standard error. Errors are logged by name, code and stack frames: their messages may quote input. */
export function createLogger(level: LogLevel): Logger {
  const log = pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  const write = (
    severity: "info" | "warn" | "error",
    event: string,
    fields: Readonly<Record<string, unknown>> = {},
  ) => {
    log[severity]({ event, ...redact(fields) });
  };
  return {
    info: (event, fields) => write("info", event, fields),
    warn: (event, fields) => write("warn", event, fields),
    error: (event, fields) => write("error", event, fields),
  };
}

function redact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (NEVER.has(name)) continue;
    kept[name] = name === "cause" ? describeError(value) : plain(value);
  }
  return kept;
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "string" ? value.slice(0, 200) : typeof value;
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
  return {
    name: error.name,
    ...(code === undefined ? {} : { code: plain(code) }),
    at: frames.map((line) => line.trim()),
  };
}

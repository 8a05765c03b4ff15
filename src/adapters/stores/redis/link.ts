import { AppError } from "../../../app/errors.ts";
import type { Arg, Connection } from "./connection.ts";
import type { Lua } from "./lua.ts";
import { within } from "./within.ts";

export interface Link {
  send(key: string, args: readonly (Arg | number)[]): Promise<unknown>;
  run(lua: Lua, keys: readonly string[], args: readonly (Arg | number)[]): Promise<unknown>;
  /** Like `run`, and what it wrote is on as many replicas as was asked for. */
  runSafely(lua: Lua, keys: readonly string[], args: readonly (Arg | number)[]): Promise<unknown>;
}

/**
 * Every call ends within `deadlineMs`, with an answer or with `STORE_UNREADABLE`. An error leaves open whether the
 * server did the work: each script may be run again without harm.
 */
export function createLink(connection: Connection, deadlineMs: number): Link {
  let lastAnswerAt = 0;
  let silentSince: number | null = null;

  async function run(lua: Lua, keys: readonly string[], args: readonly (Arg | number)[]): Promise<unknown> {
    const [first = ""] = keys;
    const rest = [keys.length, ...keys, ...args];
    try {
      return await send(first, ["EVALSHA", lua.sha, ...rest]);
    } catch (error) {
      if (!isMissingScript(error)) return unreadable(error);
      return send(first, ["EVAL", lua.source, ...rest]).catch(unreadable);
    }
  }

  async function send(key: string, args: readonly (Arg | number)[]): Promise<unknown> {
    const startedAt = performance.now();
    const asSent = args.map((arg) => (typeof arg === "number" ? String(arg) : arg));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        // A frozen server still takes bytes, so no socket timeout fires while we go on writing.
        if (lastAnswerAt < startedAt) {
          silentSince ??= startedAt;
          connection.complain(performance.now() - silentSince);
        }
        reject(new Error(`Redis did not answer within ${deadlineMs} ms`));
      }, deadlineMs);
    });
    try {
      const reply = await Promise.race([connection.send(key, asSent), late]);
      lastAnswerAt = performance.now();
      silentSince = null;
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    send: (key, args) => send(key, args).catch(unreadable),
    run,
    async runSafely(lua, keys, args) {
      const reply = await run(lua, keys, args);
      await within(deadlineMs, connection.copied(keys[0] ?? "")).catch(unreadable);
      return reply;
    },
  };
}

/** After a restart or a failover the server has forgotten the scripts. */
function isMissingScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}

function unreadable(cause: unknown): never {
  throw new AppError("STORE_UNREADABLE", { detail: "Redis", cause });
}

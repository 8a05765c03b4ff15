import { defineScript } from "redis";

export interface Lua {
  readonly source: string;
  /** What EVALSHA calls it by. */
  readonly sha: string;
}

/** One script, the same for standalone, Sentinel and Cluster. `Link.run` loads it where it is missing. */
export function defineLua(source: string): Lua {
  const script = defineScript({
    SCRIPT: source.trim(),
    parseCommand: () => {},
    transformReply: (reply: unknown) => reply,
  });
  return { source: script.SCRIPT, sha: script.SHA1 };
}

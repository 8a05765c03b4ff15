import type { Connection } from "./connection.ts";
import { ALL_PARTITIONS, type Keys } from "./keys.ts";
import { text } from "./reply.ts";

const SOON_MS = 60_000;
const AT_MOST_EVERY_MS = 3600 * 1000;

/**
 * What was erased stays in Redis's append-only file until that is rewritten. A rewrite costs a fork, so it comes a
 * minute after the first erasure, at most once an hour for all that were erased meanwhile.
 */
export function createFileCompaction(
  connection: Connection,
  keys: Keys,
  options: { readonly onTrouble: (event: string, cause: unknown) => void; readonly soonMs?: number },
): { wish(): void; close(): void } {
  const { onTrouble, soonMs = SOON_MS } = options;
  let timer: NodeJS.Timeout | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;

  /** In a Cluster the partitions lie on several servers; each is asked once. */
  async function compact(): Promise<void> {
    const asked = new Set<string>();
    for (const partition of ALL_PARTITIONS) {
      const key = keys.wake(partition);
      const info = text(await connection.send(key, ["INFO", "everything"]));
      const server = /run_id:(\w+)/.exec(info)?.[1] ?? "";
      if (asked.has(server)) continue;
      asked.add(server);
      if (info.includes("aof_enabled:1")) await connection.send(key, ["BGREWRITEAOF"]);
    }
  }

  return {
    wish() {
      if (timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          lastAt = performance.now();
          compact().catch((cause: unknown) => onTrouble("compaction-failed", cause));
        },
        Math.max(soonMs, lastAt + AT_MOST_EVERY_MS - performance.now()),
      );
      timer.unref();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

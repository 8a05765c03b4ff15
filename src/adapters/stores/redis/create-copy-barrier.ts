import type { Arg } from "./connection.ts";

/** Less than a call's own deadline, so that the answer says what was missing. */
const COPY_WITHIN_MS = 1500;

interface Round {
  readonly done: Promise<void>;
  readonly start: () => void;
}

/**
 * Waits until replicas have what was written before. A replica takes a master's writes in order: when it has a mark that was
 * written after them, it has them too. So one connection of its own writes a mark and waits (WAIT holds up the connection that
 * asks), and all who ask meanwhile share the next mark.
 */
export function createCopyBarrier(
  send: (key: string, args: readonly Arg[]) => Promise<unknown>,
  copies: number,
): (key: string) => Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  const next = new Map<string, Round>();

  async function wait(mark: string): Promise<void> {
    // One after the other: a Cluster may send the first elsewhere, and the second must follow it there.
    await send(mark, ["SET", mark, "1"]);
    const reached = Number(await send(mark, ["WAIT", String(copies), String(COPY_WITHIN_MS)]));
    if (reached < copies) throw new Error(`only ${reached} of ${copies} copies in time`);
  }

  function begin(mark: string): Promise<void> {
    const round = wait(mark).finally(() => {
      underWay.delete(mark);
      next.get(mark)?.start();
    });
    underWay.set(mark, round);
    return round;
  }

  /** Whoever comes while a mark is on its way may have written after it: they need the one behind it. */
  function queue(mark: string): Round {
    let start = () => {};
    const started = new Promise<void>((resolve) => (start = resolve));
    const done = started.then(() => {
      next.delete(mark);
      return begin(mark);
    });
    // Each who waits hears of it for themself.
    done.catch(() => {});
    const round = { done, start };
    next.set(mark, round);
    return round;
  }

  return (key) => {
    const mark = markOf(key);
    if (!underWay.has(mark)) {
      const round = begin(mark);
      round.catch(() => {});
      return round;
    }
    return (next.get(mark) ?? queue(mark)).done;
  };
}

/** In the slot of the key, hence on the same server of a Cluster. */
function markOf(key: string): string {
  const tag = /^(.*?)\{([^}]+)\}/.exec(key);
  return tag === null ? `${key}:mark` : `${tag[1] ?? ""}{${tag[2] ?? ""}}:mark`;
}

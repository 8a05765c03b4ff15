const NEAR_END = 120;
const AIR = 12;

interface Shown {
  /** How many lines others have said, and how many are the person's own. */
  readonly spoken: number;
  readonly own: number;
  /** The first line of others beyond the ones counted before. */
  readonly firstNew: (before: number) => Element | null;
}

/**
 * Keeps the newest in sight. A long answer is shown from its first line, not its last; someone who has
 * scrolled back to read is left where they are and gets a button instead.
 */
export function createFollower(onAway: (isAway: boolean) => void) {
  let spoken = 0;
  let own = 0;
  let wasNear = true;
  const isNear = (box: Element) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  return {
    scrolled(box: Element): void {
      wasNear = isNear(box);
      if (wasNear) onAway(false);
    },
    follow(box: HTMLElement, now: Shown): void {
      const before = spoken;
      // An answer to what was said here starts at its first line; a whole talk that is loaded again, at its end.
      const wasTalking = spoken + own > 0;
      const hasSpoken = now.own > own;
      const isNews = now.spoken > before;
      spoken = now.spoken;
      own = now.own;
      if (spoken + own === 0) return;
      if (!hasSpoken && !isNews && !wasNear) return;
      if (isNews && !hasSpoken && !wasNear) return onAway(true);
      const end = box.scrollHeight - box.clientHeight;
      const first = isNews && wasTalking ? now.firstNew(before) : null;
      box.scrollTop = first instanceof HTMLElement ? Math.min(first.offsetTop - AIR, end) : end;
      wasNear = isNear(box);
    },
  };
}

const NEAR_END = 120;
const AIR = 12;

interface Shown {
  /** How many lines others have said, and how many are the person's own. */
  readonly spoken: number;
  readonly own: number;
  /** What to show first of the lines of others beyond the ones counted before. */
  readonly firstNew: (before: number) => Element | null;
}

/**
 * Keeps the newest in sight. A long answer is shown from its first line, not its last; someone who has
 * scrolled back to read is left where they are and gets a button instead.
 */
export function createFollower(onAway: (isAway: boolean) => void) {
  let spoken = 0;
  let own = 0;
  /** `placed`: at the first line of an answer, by us. `away`: where the person went to read. */
  let stance: "end" | "placed" | "away" = "end";
  let placedAt = 0;
  const endOf = (box: Element) => box.scrollHeight - box.clientHeight;
  const isNear = (box: Element) => endOf(box) - box.scrollTop < NEAR_END;

  function place(box: HTMLElement, first: Element | null): void {
    const end = endOf(box);
    box.scrollTop = first instanceof HTMLElement ? Math.min(first.offsetTop - AIR, end) : end;
    placedAt = box.scrollTop;
    stance = isNear(box) ? "end" : "placed";
    onAway(false);
  }

  return {
    scrolled(box: Element): void {
      if (isNear(box)) stance = "end";
      else stance = Math.abs(box.scrollTop - placedAt) < 2 ? "placed" : "away";
      if (stance === "end") onAway(false);
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
      if (hasSpoken) return place(box, null);
      if (!isNews) return stance === "end" ? place(box, null) : undefined;
      if (stance === "away") return onAway(true);
      place(box, wasTalking ? now.firstNew(before) : null);
    },
  };
}

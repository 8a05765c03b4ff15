/** A queue with `servers` who each serve one at a time, and `offered` erlangs of work (arrivals per time × time each). */
export interface Staffing {
  readonly servers: number;
  readonly offered: number;
}

/**
 * Erlang's C formula: the share (0 to 1) of those who come and find nobody free, when arrivals are at random, nobody gives
 * up, and there is always somebody free in the long run. 1 when there is more work than the servers can do.
 * Source: A. K. Erlang 1917; the recursion over the loss formula keeps it exact for thousands of servers.
 */
export function waitShare({ servers, offered }: Staffing): number {
  if (offered <= 0) return 0;
  if (servers <= offered) return 1;
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** Mean wait of all who come, in units of the mean time that one takes. Infinite when the servers cannot keep up. */
export function meanWait(staffing: Staffing): number {
  const { servers, offered } = staffing;
  return servers <= offered ? Number.POSITIVE_INFINITY : waitShare(staffing) / (servers - offered);
}

/** The share (0 to 1) that waits longer than `wait`, which is in units of the mean time that one takes. */
export function shareWaitingLonger(staffing: Staffing, wait: number): number {
  const { servers, offered } = staffing;
  return servers <= offered ? 1 : waitShare(staffing) * Math.exp(-(servers - offered) * wait);
}

/** The fewest servers with whom at most `share` (0 to 1) wait longer than `wait`. */
export function serversNeeded(
  offered: number,
  { wait, share }: { readonly wait: number; readonly share: number },
): number {
  let servers = Math.max(1, Math.floor(offered) + 1);
  while (shareWaitingLonger({ servers, offered }, wait) > share) servers++;
  return servers;
}

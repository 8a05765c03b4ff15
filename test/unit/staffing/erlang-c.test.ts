import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  meanWait,
  serversNeeded,
  shareWaitingLonger,
  waitShare,
} from "../../../src/domain/staffing/erlang-c.ts";

describe("Erlang's formula", () => {
  // One server: the share of the time it is busy. Two: 2ρ²/(1+ρ). Ten with eight erlangs: the printed tables.
  it.each([
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [2, 1.6, (2 * 0.64) / 1.8],
    [10, 8, 0.4092],
  ])("%d servers with %d erlangs: %d wait", (servers, offered, share) => {
    expect(waitShare({ servers, offered })).toBeCloseTo(share, 4);
  });

  it("lets everybody wait for ever when there is more work than the servers can do", () => {
    expect(waitShare({ servers: 3, offered: 3 })).toBe(1);
    expect(meanWait({ servers: 3, offered: 4 })).toBe(Number.POSITIVE_INFINITY);
    expect(shareWaitingLonger({ servers: 3, offered: 4 }, 100)).toBe(1);
  });

  it("finds the fewest servers that keep an aim, also by the thousand", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 3000, noNaN: true }), (offered) => {
        const aim = { wait: 0.1, share: 0.1 };
        const servers = serversNeeded(offered, aim);
        expect(shareWaitingLonger({ servers, offered }, aim.wait)).toBeLessThanOrEqual(aim.share);
        expect(shareWaitingLonger({ servers: servers - 1, offered }, aim.wait)).toBeGreaterThan(aim.share);
      }),
      { numRuns: 50 },
    );
  });
});

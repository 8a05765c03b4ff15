import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readIncidents, watchChannels } from "../../src/app/channel-health.ts";
import { type ChannelRecord, judgeChannel } from "../../src/domain/channels/judge-channel.ts";
import { aBot } from "../support/a-bot.ts";
import { NOON } from "../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATER = { kind: "later", retryAfterMs: 1 } as const;
const aRecord = (over: Partial<ChannelRecord>): ChannelRecord => ({
  attempts: [],
  tokenRefusedAt: null,
  heardAt: null,
  ...over,
});
const judge = (over: Partial<ChannelRecord>, silentMs = 24 * HOUR) =>
  judgeChannel(aRecord(over), { now: NOON, silentMs });
const tries = (...isDone: boolean[]) => isDone.map((done, n) => ({ at: NOON - MINUTE + n, isDone: done }));

describe("what is wrong with a messenger", () => {
  it("is nothing where nothing was sent and nobody ever wrote", () => {
    expect(judge({})).toEqual([]);
  });

  it("sending fails after five failures that are more than half, until one works again", () => {
    expect(judge({ attempts: tries(false, false, false, false) })).toEqual([]);
    expect(judge({ attempts: tries(false, false, false, false, false) })).toEqual(["sends-failing"]);
    expect(
      judge({ attempts: tries(true, true, true, true, true, false, false, false, false, false) }),
    ).toEqual([]);
    expect(judge({ attempts: tries(false, false, false, false, false, true) })).toEqual([]);
  });

  it("is silence only after somebody wrote, and only where silence is unusual", () => {
    expect(judge({ heardAt: NOON - 25 * HOUR })).toEqual(["silent"]);
    expect(judge({ heardAt: NOON - 23 * HOUR })).toEqual([]);
    expect(judge({ heardAt: NOON - 999 * HOUR }, 0)).toEqual([]);
  });

  it("never follows from failures of long ago", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10 * MINUTE, max: 99 * HOUR })), (ages) => {
        const attempts = ages.map((age) => ({ at: NOON - age, isDone: false })).reverse();
        expect(judge({ attempts })).toEqual([]);
      }),
    );
  });
});

describe("watching the messengers", () => {
  function aWatch() {
    const bot = aBot();
    let changes = 0;
    const health = watchChannels({
      ...{ channels: ["web", "telegram"] as const, silentMs: 24 * HOUR, lookEveryMs: null },
      ...{ shelf: bot.store.shelf, clock: bot.clock, log: bot.log, metrics: bot.metrics },
      onChange: () => void changes++,
    });
    const kinds = async () =>
      (await readIncidents(bot.store.shelf)).map(({ channel, kind }) => `${channel} ${kind}`);
    return { bot, health, kinds, changes: () => changes };
  }

  it("tells the consoles that credentials are refused, and that it is over", async () => {
    const { health, kinds, changes } = aWatch();
    health.tried("telegram", { ...LATER, because: "token" });
    await health.look();
    expect(await kinds()).toEqual(["telegram token-refused"]);
    await health.look();
    expect(changes()).toBe(1);
    health.tried("telegram", { kind: "sent" });
    await health.look();
    expect(await kinds()).toEqual([]);
    expect(changes()).toBe(2);
  });

  it("stops telling when the process that saw it is gone", async () => {
    const { bot, health, kinds } = aWatch();
    for (let n = 0; n < 5; n++) health.tried("telegram", LATER);
    await health.look();
    expect(await kinds()).toEqual(["telegram sends-failing"]);
    bot.clock.advance(2 * MINUTE);
    expect(await kinds()).toEqual([]);
  });

  it("remembers over a restart when somebody last wrote, and says nothing of a channel that is off", async () => {
    const { bot, health } = aWatch();
    health.heard("telegram");
    health.heard("zalo");
    await health.look();
    bot.clock.advance(25 * HOUR);
    const again = watchChannels({
      ...{ channels: ["telegram"] as const, silentMs: 24 * HOUR, lookEveryMs: null },
      ...{ shelf: bot.store.shelf, clock: bot.clock, log: bot.log, metrics: bot.metrics },
      onChange: () => {},
    });
    await again.look();
    expect((await readIncidents(bot.store.shelf)).map(({ kind }) => kind)).toEqual(["silent"]);
    again.heard("telegram");
    await again.look();
    expect(await readIncidents(bot.store.shelf)).toEqual([]);
  });
});

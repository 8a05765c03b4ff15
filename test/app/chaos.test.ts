import { describe, expect, it } from "@jest/globals";
import { checkRecords, type Promised } from "../../src/cli/chaos/check-records.ts";
import type { ActRecord, PersonRecord, Records } from "../../src/cli/chaos/records.ts";
import { runChaos } from "../../src/cli/chaos/run-chaos.ts";
import type { WireEntry } from "../../src/wire/chat.ts";
import type { CaseSummary } from "../../src/wire/console.ts";

describe("a real server that is killed, frozen and cut off while people write", () => {
  it("loses nothing, doubles nothing, keeps the order, and gives each case one owner", async () => {
    // This seed leaves seven seconds of work before the first kill: on a busy machine a start takes as long.
    const report = await runChaos({
      ...{ store: "lmdb", isSplit: false, isHurried: false, forMs: 15_000, people: 10, counsellors: 3 },
      seed: 168,
    });
    expect(report.violations).toEqual([]);
    expect(report.deaf).toEqual([]);
    // A run in which nothing happened would prove nothing.
    expect(report.troubles.killed + report.troubles.frozen).toBeGreaterThan(0);
    expect(report.sent).toBeGreaterThan(30);
    expect(report.answered).toBeGreaterThan(30);
    expect(report.claims).toBeGreaterThan(0);
  }, 360_000);
});

const COMES = "một cô đã vào";
const GOES = "cô đã rời đi";

const line = (seq: number, from: WireEntry["from"], text: string): WireEntry => ({
  seq,
  at: seq,
  from,
  text,
  points: [],
  helplines: [],
  buttons: [],
  tone: "plain",
});
const said = (seq: number, text: string, id: string): WireEntry => ({ ...line(seq, "person", text), id });

const aPerson = (over: Partial<PersonRecord> = {}): PersonRecord => ({
  name: "person 1",
  sent: ["m1", "m2"],
  accepted: new Set(["m1", "m2"]),
  received: new Map(),
  contradictions: [],
  erasures: 0,
  final: {
    mode: "waiting",
    entries: [
      said(1, "chào (0.0)", "m1"),
      line(2, "bot", "chào bạn"),
      said(3, "cần người (0.1)", "m2"),
      line(4, "bot", "đang gọi"),
    ],
  },
  ...over,
});

const withLines = (...entries: WireEntry[]): Partial<PersonRecord> => ({
  final: { mode: "waiting", entries },
});

const aCase = (over: Partial<CaseSummary> = {}): CaseSummary => ({
  id: "case-1",
  conversationId: "w1",
  channel: "web",
  locale: "vi",
  audience: "teen",
  level: "urgent",
  category: "violence",
  cause: "risk",
  reasons: [],
  status: "waiting",
  counsellorId: null,
  counsellorName: null,
  requestedAt: 1,
  claimedAt: null,
  offer: null,
  ...over,
});

const anAct = (
  kind: "claim" | "release",
  times: [number, number],
  over: Partial<ActRecord> = {},
): ActRecord => ({
  caseId: "case-1",
  act: { kind },
  startedAt: times[0],
  endedAt: times[1],
  tries: 1,
  result: "done",
  ...over,
});

const aSay = (text: string, result: ActRecord["result"]): ActRecord => ({
  ...anAct("claim", [1, 2]),
  act: { kind: "say", text },
  result,
});

const recordsOf = (over: Partial<Records> = {}): Records => ({
  people: [aPerson()],
  counsellors: [],
  desk: { cases: [aCase()], talks: new Map([["case-1", ["chào (0.0)"]]]) },
  notices: { joined: new Set([COMES]), left: new Set([GOES]) },
  ...over,
});

const byPerson = (over: Partial<PersonRecord>) => recordsOf({ people: [aPerson(over)] });
const found = (records: Records) => [...new Set(checkRecords(records).map(({ promise }) => promise))];

describe("the checker", () => {
  it("finds nothing where every promise was kept", () => {
    expect(checkRecords(recordsOf())).toEqual([]);
  });

  const [m1, a1, m2, a2] = aPerson().final?.entries ?? [];
  const all = [m1, a1, m2, a2].filter((each) => each !== undefined);
  const faults: [string, Promised, Records][] = [
    ["a message that was accepted and is gone", "lost", byPerson(withLines(...all.slice(0, 2)))],
    ["a message that was never accepted", "lost", byPerson({ accepted: new Set(["m1"]) })],
    ["a message with no answer", "lost", byPerson(withLines(...all.slice(0, 3)))],
    ["a gap in the talk", "lost", byPerson(withLines(...all.filter(({ seq }) => seq !== 2)))],
    [
      "a line that came with other words before",
      "lost",
      byPerson({ received: new Map([[2, JSON.stringify(["bot", null, "khác"])]]) }),
    ],
    ["a line that was shown and is gone", "lost", byPerson({ received: new Map([[5, "[]"]]) })],
    ["words deleted though nobody asked", "lost", byPerson({ erasures: 1 })],
    ["a person who cannot read anything at the end", "lost", byPerson({ final: null })],
    [
      "a message that is there twice",
      "doubled",
      byPerson(withLines(...all, said(5, "chào (0.0)", "m1"), line(6, "bot", "chào"))),
    ],
    [
      "messages that changed places",
      "out of order",
      byPerson(withLines(said(1, "b", "m2"), line(2, "bot", "x"), said(3, "a", "m1"), line(4, "bot", "y"))),
    ],
    [
      "two counsellors who speak in one breath",
      "two owners",
      byPerson(
        withLines(
          ...all,
          line(5, "bot", COMES),
          line(6, "counsellor", "[c1.1] a"),
          line(7, "counsellor", "[c2.1] b"),
        ),
      ),
    ],
    [
      "two counsellors who hold one case at one time",
      "two owners",
      recordsOf({
        counsellors: [
          { name: "c1", acts: [anAct("claim", [1, 2]), anAct("release", [9, 10])] },
          { name: "c2", acts: [anAct("claim", [4, 5])] },
        ],
      }),
    ],
    [
      "a live case of nobody",
      "two owners",
      recordsOf({ desk: { cases: [aCase({ status: "live" })], talks: new Map() }, people: [] }),
    ],
    [
      "a person who waits and stands nowhere",
      "without a place",
      recordsOf({ desk: { cases: [], talks: new Map() } }),
    ],
    [
      "a person who stands in the queue twice",
      "without a place",
      recordsOf({
        desk: {
          cases: [aCase(), aCase({ id: "case-2" })],
          talks: new Map([
            ["case-1", ["chào (0.0)"]],
            ["case-2", ["chào (0.0)"]],
          ]),
        },
      }),
    ],
    [
      "a line of a counsellor that reached nobody",
      "lost",
      recordsOf({ counsellors: [{ name: "c1", acts: [aSay("[c1.1] a", "done")] }] }),
    ],
  ];
  it.each(faults)("finds %s: %s", (_what, promise, records) => {
    expect(found(records)).toContain(promise);
  });

  it("lets a counsellor come after another has left, and be silent the bot meanwhile", () => {
    const talk = [
      line(5, "bot", COMES),
      line(6, "counsellor", "[c1.1] a"),
      said(7, "dạ (0.2)", "m3"),
      line(8, "bot", GOES),
      line(9, "bot", COMES),
      line(10, "counsellor", "[c2.1] b"),
    ];
    const person = {
      ...withLines(...all, ...talk),
      sent: ["m1", "m2", "m3"],
      accepted: new Set(["m1", "m2", "m3"]),
    };
    const counsellors = [
      { name: "c1", acts: [anAct("claim", [1, 2]), aSay("[c1.1] a", "done"), anAct("release", [3, 4])] },
      { name: "c2", acts: [anAct("claim", [5, 6]), aSay("[c2.1] b", "unknown")] },
    ];
    expect(checkRecords(recordsOf({ people: [aPerson(person)], counsellors }))).toEqual([]);
  });
});

import { parseArgs } from "node:util";
import { PROMISES } from "./chaos/check-records.ts";
import { type ChaosReport, runChaos } from "./chaos/run-chaos.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run chaos -- [--minutes N] [--store lmdb|redis|sentinel|cluster] [--split] [--people N] [--counsellors N] [--hurry] [--seed N]`
 *
 * Real servers on loopback, people and counsellors who use them, and processes that are killed, frozen and cut off
 * meanwhile. Ends with what was lost, doubled, out of order, owned twice; 1 if anything was, or if a server did not
 * end when it was asked to.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    store: { type: "string", default: "lmdb" },
    split: { type: "boolean", default: false },
    people: { type: "string", default: "20" },
    counsellors: { type: "string", default: "4" },
    seed: { type: "string" },
    hurry: { type: "boolean", default: false },
  },
});

const SHOWN = 20;

function within(name: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  process.stderr.write(`--${name} must be a number from ${least} to ${most}, not "${text}"\n`);
  process.exit(2);
}

function print(report: ChaosReport, forMs: number): void {
  const { troubles } = report;
  const rows: [string, string | number][] = [
    ["minutes", (forMs / 60_000).toFixed(1)],
    ["messages of people", report.sent],
    ["lines of the bot", report.answered],
    ["cases claimed", report.claims],
    ["lines of counsellors", report.counsellorLines],
    ["cases open at the end", report.casesAtTheEnd],
    ["servers killed", troubles.killed],
    ["servers frozen", troubles.frozen],
    ["Redis killed", troubles.redisKilled],
    ["Redis frozen", troubles.redisFrozen],
    ["lines cut", troubles.cut],
    ["longest time nothing was taken", `${(report.longestGapMs / 1000).toFixed(1)} s`],
    ["longest wait of one message", `${(report.longestWaitMs / 1000).toFixed(1)} s`],
    ["did not end when asked to", report.deaf.join(", ") || "none"],
  ];
  for (const [name, value] of rows) say(`  ${name.padEnd(32)}${String(value).padStart(8)}`);
  for (const { promise, detail } of report.violations.slice(0, SHOWN)) say(`  ${promise}: ${detail}`);
  const counts = PROMISES.map(
    (promise) => `${promise} ${report.violations.filter((each) => each.promise === promise).length}`,
  );
  say(counts.join(", "));
}

const STORES = ["lmdb", "redis", "sentinel", "cluster"] as const;
const store = STORES.find((name) => name === values.store);
if (store === undefined || (store === "lmdb" && values.split)) {
  process.stderr.write(`--store must be one of ${STORES.join(", ")}; --split needs another than lmdb\n`);
  process.exit(2);
}
const seed = values.seed === undefined ? Date.now() % 1_000_000 : within("seed", values.seed, [0, 2 ** 31]);
const forMs = within("minutes", values.minutes, [0.1, 600]) * 60_000;
say(`${store}${values.split ? ", two that serve and two that work" : ""}, seed ${seed}`);
try {
  const report = await runChaos({
    ...{ store, isSplit: values.split, isHurried: values.hurry, forMs },
    people: within("people", values.people, [1, 500]),
    counsellors: within("counsellors", values.counsellors, [1, 50]),
    seed,
  });
  print(report, forMs);
  process.exit(report.violations.length + report.deaf.length === 0 ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

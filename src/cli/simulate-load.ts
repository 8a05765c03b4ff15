import { parseArgs } from "node:util";
import { createRandom } from "../adapters/nlu/nlpjs/random.ts";
import { meanWait, serversNeeded, waitShare } from "../domain/staffing/erlang-c.ts";
import { arrivalsOf, eveningShape } from "./load/arrivals.ts";
import { needsOf } from "./load/needs.ts";
import { type CaseLevel, type DeskPlan, type Served, simulateDesk } from "./load/simulate-desk.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run simulate-load -- [--people N] [--hours N] [--counsellors N] [--chats N] [--ask PERCENT] [--minutes N] …`
 *
 * A busy evening on paper: what the machines need at the fullest moment, and how long people wait for a counsellor, in the
 * server's own queue order. Nothing is sent anywhere. First the simulation is held against Erlang's formula.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000000" },
    hours: { type: "string", default: "5" },
    messages: { type: "string", default: "6" },
    stay: { type: "string", default: "10" },
    counsellors: { type: "string", default: "200" },
    chats: { type: "string", default: "2" },
    ask: { type: "string", default: "0.5" },
    minutes: { type: "string", default: "25" },
    patience: { type: "string", default: "20" },
    "turn-ms": { type: "string", default: "1.7" },
    "socket-kb": { type: "string", default: "7" },
    "conversation-kb": { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
  },
});

const MINUTE_MS = 60_000;
const LEVELS: DeskPlan["levels"] = { emergency: 0.06, urgent: 0.34, concern: 0.6 };
/** Aim for who is in danger: at most one in ten waits longer than this. */
const AIM = { minutes: 2, share: 0.1 };

function number(name: keyof typeof values, [least, most]: readonly [number, number]): number {
  const text = values[name];
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= most) return value;
  process.stderr.write(`--${name} must be a number from ${least} to ${most}, not "${text}"\n`);
  process.exit(2);
}

const people = number("people", [1, 5_000_000]);
const spanMs = number("hours", [0.1, 24]) * 60 * MINUTE_MS;
const serviceMs = number("minutes", [1, 240]) * MINUTE_MS;
const cases = Math.round((people * number("ask", [0, 100])) / 100);
const seats = Math.round(number("counsellors", [0, 10_000]) * number("chats", [1, 10]));
const seed = number("seed", [0, 2 ** 31]);

const row = (name: string, value: string) => say(`  ${name.padEnd(46)}${value.padStart(12)}`);
const whole = (value: number) => Math.round(value).toLocaleString("en");
const minutes = (ms: number | undefined) => (ms === undefined ? "–" : `${(ms / MINUTE_MS).toFixed(1)} min`);

say("The machines, at the fullest moment");
const needs = needsOf(
  {
    ...{ people, spanMs, peak: Math.max(...Array.from({ length: 100 }, (_, n) => eveningShape(n / 100))) },
    messagesEach: number("messages", [1, 200]),
    stayMs: number("stay", [0.1, 240]) * MINUTE_MS,
  },
  {
    turnCpuMs: number("turn-ms", [0.01, 1000]),
    socketKb: number("socket-kb", [0.1, 1000]),
    conversationKb: number("conversation-kb", [0.1, 1000]),
  },
);
row("messages a second", whole(needs.messagesPerSecond));
row("people online at once", whole(needs.onlineAtOnce));
row("cores busy with answering", needs.coresBusy.toFixed(1));
row("processes that answer (ROLE=worker)", whole(needs.workers));
row("processes that serve (ROLE=web)", whole(needs.webProcesses));
row("memory of open lines", `${whole(needs.socketMb)} MB`);
row("stored by the end", `${needs.storedGb.toFixed(1)} GB`);

say("\nThe simulation beside Erlang's formula (steady arrivals, nobody gives up)");
for (const load of [0.7, 0.9]) {
  const servers = 20;
  const offered = servers * load;
  const count = 200_000;
  const span = (count / offered) * serviceMs;
  const random = createRandom(seed + 1);
  const served = simulateDesk({
    arrivals: arrivalsOf(count, { spanMs: span, random, shape: () => 1 }),
    levels: { emergency: 0, urgent: 0, concern: 1 },
    ...{ seats: servers, meanServiceMs: serviceMs, service: "steady", meanPatienceMs: null, seed },
  });
  const waits = served.map(({ waitedMs }) => waitedMs ?? 0);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length / serviceMs;
  const late = waits.filter((wait) => wait > 0).length / waits.length;
  const both = (simulated: number, formula: number) => `${simulated.toFixed(4)} / ${formula.toFixed(4)}`;
  row(
    `${servers} seats, ${100 * load} % busy: share that waits`,
    both(late, waitShare({ servers, offered })),
  );
  row(
    `${servers} seats, ${100 * load} % busy: mean wait / mean case`,
    both(mean, meanWait({ servers, offered })),
  );
}

say(`\nThe counsellors: ${whole(cases)} cases, ${whole(seats)} seats`);
const arrivals = arrivalsOf(cases, { spanMs, random: createRandom(seed), shape: eveningShape });
const evening = (size: number): Served[] =>
  simulateDesk({
    ...{ arrivals, levels: LEVELS, seats: size, meanServiceMs: serviceMs, service: "spread", seed },
    meanPatienceMs: number("patience", [1, 1440]) * MINUTE_MS,
  });
const served = seats === 0 ? [] : evening(seats);
for (const level of ["emergency", "urgent", "concern"] as const) {
  const { waits, gone } = waitsOf(served, level);
  const at = (share: number) => minutes(waits[Math.floor(waits.length * share)]);
  row(`${level}: wait, half / nine tenths`, `${at(0.5)} / ${at(0.9)}`);
  row(`${level}: gave up before anybody came`, `${gone.toFixed(1)} %`);
}
row("seats for the aim, by simulation", whole(seatsForAim()));
row("seats for the aim, by the formula at the peak", whole(seatsByFormula()));
say(`  Aim: of those in danger, at most ${100 * AIM.share} % wait longer than ${AIM.minutes} minutes.`);

function waitsOf(all: readonly Served[], level: CaseLevel): { waits: number[]; gone: number } {
  const own = all.filter((each) => each.level === level);
  const waits = own.flatMap(({ waitedMs }) => (waitedMs === null ? [] : [waitedMs])).sort((a, b) => a - b);
  return { waits, gone: own.length === 0 ? 0 : (100 * (own.length - waits.length)) / own.length };
}

/** The fewest seats that keep the aim for emergency and urgent together. */
function seatsForAim(): number {
  const keeps = (size: number) => {
    const own = evening(size).filter(({ level }) => level !== "concern");
    const late = own.filter(({ waitedMs }) => waitedMs === null || waitedMs > AIM.minutes * MINUTE_MS);
    return late.length <= own.length * AIM.share;
  };
  let [few, enough] = [0, 1];
  while (!keeps(enough)) [few, enough] = [enough, enough * 2];
  while (enough - few > 1) {
    const middle = (few + enough) >> 1;
    if (keeps(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}

/** As if the fullest moment lasted, everybody stayed, and only those in danger came first. */
function seatsByFormula(): number {
  const peak = Math.max(...Array.from({ length: 100 }, (_, n) => eveningShape(n / 100)));
  const offered = (cases / spanMs) * peak * serviceMs;
  return serversNeeded(offered, { wait: (AIM.minutes * MINUTE_MS) / serviceMs, share: AIM.share });
}

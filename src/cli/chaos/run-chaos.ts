import { join } from "node:path";
import { loadFlowBook } from "../../adapters/content/load-flow-book.ts";
import { createRandom } from "../../adapters/nlu/nlpjs/random.ts";
import { root } from "../shared/paths.ts";
import { checkRecords, type Violation } from "./check-records.ts";
import { type Desk, openDesk } from "./desk.ts";
import { makeTrouble, type Troubles } from "./make-trouble.ts";
import { createPerson, type Person } from "./person.ts";
import type { Records } from "./records.ts";
import { type Layout, startWorld } from "./world.ts";

export interface ChaosOptions extends Layout {
  /** How long people write and things break; starting and settling come on top (at most a minute and a half). */
  readonly forMs: number;
  readonly people: number;
  readonly counsellors: number;
  readonly seed: number;
  /** People ask for a counsellor nearly every time, and counsellors hurry: thousands of cases instead of hundreds. */
  readonly isHurried: boolean;
}

export interface ChaosReport {
  readonly violations: readonly Violation[];
  readonly troubles: Troubles;
  readonly sent: number;
  readonly answered: number;
  readonly claims: number;
  readonly counsellorLines: number;
  readonly casesAtTheEnd: number;
  /** The longest time in which nobody's message was accepted. */
  readonly longestGapMs: number;
  /** The longest that one message waited to be accepted: what one person saw of an outage. */
  readonly longestWaitMs: number;
  /** Processes that did not end by themselves when asked to, within ten seconds. */
  readonly deaf: readonly string[];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const between = ([least, more]: readonly [number, number], random: () => number) => least + random() * more;
const SETTLE_WITHIN_MS = 60_000;
const READ_WITHIN_MS = 10_000;
/** Bounds the run in count as well. */
const MOST_PER_PERSON = 5000;

/** Words of every kind: to the bot, for help, and in danger. */
const SENTENCES = [
  "làm sao để đặt mật khẩu cho chắc",
  "bạn em bị bắt nạt trên mạng",
  "em được rủ làm việc nhẹ lương cao",
  "hôm nay em buồn quá",
  "có người đòi em gửi ảnh không mặc đồ",
  "em bị dọa đăng ảnh nếu không chuyển tiền",
  "ok",
  "cảm ơn nhiều nha",
  "em muốn chết",
];

/** Starts real servers, lets people and counsellors use them while they are killed, frozen and cut off, and checks. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(options.seed);
  const world = await startWorld(options);
  const people: Person[] = [];
  let deaf: readonly string[] | null = null;
  try {
    const pickServer = () => world.doors[Math.floor(random() * world.doors.length)]?.base ?? "";
    const desks = await openDesks(options, {
      first: world.doors[0]?.base ?? "",
      token: world.setupToken,
      pickServer,
    });
    for (let n = 0; n < options.people; n++) people.push(createPerson(`person ${n + 1}`, pickServer));

    const pace = options.isHurried ? HURRIED : USUAL;
    const until = Date.now() + options.forMs;
    const isOver = () => Date.now() >= until;
    const gap = watchGap(people, isOver);
    const [troubles] = await Promise.all([
      // Its own dice: what is broken, and in which order, follows from the seed alone.
      makeTrouble(world, people, {
        ...{ random: createRandom(options.seed + 1), isOver, rest: pace.rest },
      }),
      ...people.map((person, index) => talk(person, { index, random, isOver, pace })),
      ...desks.map((desk) => counsel(desk, { random, isOver, pace })),
    ]);
    const longestGapMs = await gap;
    await settle(people);
    const records = await readEverything(people, desks);
    deaf = await world.end();
    const longestWaitMs = Math.max(...people.map((person) => person.longestWait()));
    return report(records, { troubles, longestGapMs, longestWaitMs, deaf });
  } finally {
    for (const person of people) person.leave();
    if (deaf === null) await world.end();
  }
}

async function openDesks(
  { counsellors }: ChaosOptions,
  world: { readonly first: string; readonly token: string; readonly pickServer: () => string },
): Promise<Desk[]> {
  // The one-time link is known to the process that made it.
  let isSetUp = false;
  const pick = () => (isSetUp ? world.pickServer() : world.first);
  const supervisor = await openDesk("c0", { setupToken: world.token }, pick);
  isSetUp = true;
  const desks = [supervisor];
  for (let n = 1; n < counsellors; n++) {
    await supervisor.addColleague(`c${n}`);
    desks.push(await openDesk(`c${n}`, { signIn: true }, world.pickServer));
  }
  return desks;
}

/** Times in milliseconds: at least, and by how much more at most. Shares from 0 to 1. */
interface Pace {
  readonly person: readonly [number, number];
  readonly asks: number;
  readonly desk: readonly [number, number];
  readonly mostLines: number;
  readonly line: readonly [number, number];
  readonly releases: number;
  /** From how many at the head of the queue counsellors choose: from one, all of them go for the same. */
  readonly heads: number;
  /** How much longer than usual things are left alone between two troubles. */
  readonly rest: number;
}

const USUAL: Pace = {
  ...{ person: [200, 1200], asks: 0.06, desk: [150, 300] },
  ...{ mostLines: 4, line: [100, 500], releases: 0.3, heads: 1, rest: 1 },
};
const HURRIED: Pace = {
  ...{ person: [200, 600], asks: 0.6, desk: [40, 120] },
  ...{ mostLines: 1, line: [0, 20], releases: 0.1, heads: 30, rest: 3 },
};

interface Part {
  readonly pace: Pace;
  readonly random: () => number;
  readonly isOver: () => boolean;
}

async function talk(
  person: Person,
  { index, random, isOver, pace }: Part & { readonly index: number },
): Promise<void> {
  for (let n = 0; n < MOST_PER_PERSON && !isOver(); n++) {
    await pause(between(pace.person, random));
    if (isOver()) return;
    // Nobody types on for ever while nothing is taken.
    if (person.unsent() > 5) continue;
    const dice = random();
    if (n > 0 && dice < pace.asks) person.choose("a:request-counsellor");
    else if (n > 0 && dice < pace.asks + 0.02) person.choose("a:decline-counsellor");
    else person.say(`${SENTENCES[Math.floor(random() * SENTENCES.length)]} (${index}.${n})`);
    if (random() < 0.15) person.repeat();
  }
}

/** All counsellors go for the head of the queue at once: only one may have it. */
async function counsel(desk: Desk, { random, isOver, pace }: Part): Promise<void> {
  let lines = 0;
  while (!isOver()) {
    await pause(between(pace.desk, random));
    const cases = await desk.queue().catch(() => []);
    const waiting = cases.filter(({ status }) => status === "waiting");
    const next = waiting[Math.floor(random() * Math.min(pace.heads, waiting.length))];
    if (next === undefined || isOver()) continue;
    if ((await desk.act(next.id, { kind: "claim" }, isOver)) !== "done") continue;
    for (let left = 1 + Math.floor(random() * pace.mostLines); left > 0 && !isOver(); left--) {
      const text = `[${desk.record.name}.${++lines}] Chị đây, em kể chị nghe nhé.`;
      await desk.act(next.id, { kind: "say", text }, isOver);
      await pause(between(pace.line, random));
    }
    if (isOver()) return;
    await desk.act(next.id, { kind: random() < pace.releases ? "release" : "resolve" }, isOver);
  }
}

async function watchGap(people: readonly Person[], isOver: () => boolean): Promise<number> {
  const accepted = () => people.reduce((sum, { record }) => sum + record.accepted.size, 0);
  let [longest, last, lastAt] = [0, accepted(), Date.now()];
  while (!isOver()) {
    await pause(50);
    const now = accepted();
    if (now > last) [last, lastAt] = [now, Date.now()];
    longest = Math.max(longest, Date.now() - lastAt);
  }
  return longest;
}

/** Everything works again: what is on its way arrives, or is counted as lost. */
async function settle(people: readonly Person[]): Promise<void> {
  const until = Date.now() + SETTLE_WITHIN_MS;
  let quietSince = Date.now();
  let seen = "";
  while (Date.now() < until) {
    await pause(100);
    const now = people.map((person) => `${person.unsent()} ${person.record.received.size}`).join();
    if (now !== seen) quietSince = Date.now();
    seen = now;
    if (people.every((person) => person.unsent() === 0) && Date.now() - quietSince > 2000) return;
  }
}

async function readEverything(people: readonly Person[], desks: readonly Desk[]): Promise<Records> {
  for (const person of people)
    for (let tries = 0; tries < 3 && person.record.final === null; tries++)
      await person.readAll(READ_WITHIN_MS).catch(() => {});
  const [supervisor] = desks;
  if (supervisor === undefined) throw new Error("there is no desk");
  return {
    people: people.map(({ record }) => record),
    counsellors: desks.map(({ record }) => record),
    desk: await supervisor.survey(),
    notices: readNotices(),
  };
}

function readNotices(): Records["notices"] {
  const { notices } = loadFlowBook(join(root, "flows"));
  return {
    joined: new Set(textsIn(notices.handoff_joined)),
    left: new Set(
      [notices.handoff_released, notices.handoff_lapsed, notices.handoff_resolved].flatMap(textsIn),
    ),
  };
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function report(
  records: Records,
  seen: Pick<ChaosReport, "troubles" | "longestGapMs" | "longestWaitMs" | "deaf">,
): ChaosReport {
  const acts = records.counsellors.flatMap(({ acts }) => acts.filter(({ result }) => result === "done"));
  const lines = records.people.flatMap(({ final }) => final?.entries ?? []);
  return {
    ...seen,
    violations: checkRecords(records),
    sent: records.people.reduce((sum, { sent }) => sum + sent.length, 0),
    answered: lines.filter(({ from }) => from === "bot").length,
    claims: acts.filter(({ act }) => act.kind === "claim").length,
    counsellorLines: acts.filter(({ act }) => act.kind === "say").length,
    casesAtTheEnd: records.desk.cases.length,
  };
}

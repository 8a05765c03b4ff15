import type { WireEntry } from "../../wire/chat.ts";
import { type CounsellorRecord, MARK, OWN_WORDS, type PersonRecord, type Records } from "./records.ts";

export const PROMISES = ["lost", "doubled", "out of order", "two owners", "without a place"] as const;
export type Promised = (typeof PROMISES)[number];

export interface Violation {
  readonly promise: Promised;
  readonly detail: string;
}

/**
 * Proves from what people and counsellors received that every promise was kept, or says where it was not. It knows
 * nothing of stores, turns or queues: only of messages sent, answers received and cases shown.
 */
export function checkRecords(records: Records): Violation[] {
  return [
    ...records.people.flatMap((person) => checkPerson(person, records)),
    ...records.counsellors.flatMap((counsellor) => checkWords(counsellor, records)),
    ...checkOwners(records.counsellors),
    ...checkPlaces(records),
  ];
}

function checkPerson(person: PersonRecord, records: Records): Violation[] {
  const { name, final } = person;
  if (final === null) return [{ promise: "lost", detail: `${name} could not read their talk at the end` }];
  const found: Violation[] = [];
  const add = (promise: Promised, detail: string) =>
    void found.push({ promise, detail: `${name}: ${detail}` });

  const seqs = final.entries.map(({ seq }) => seq);
  const gap = seqs.findIndex((seq, index) => seq !== index + 1);
  if (gap !== -1) add("lost", `line ${gap + 1} of the talk is missing`);
  for (const [seq, text] of person.received) {
    const now = final.entries[seq - 1];
    if (now === undefined) add("lost", `line ${seq} was shown once and is gone`);
    else if (asShown(now) !== text) add("lost", `line ${seq} was shown with other words before`);
  }
  for (const each of person.contradictions) add("lost", each);
  if (person.erasures > 0) add("lost", `was told ${person.erasures} times that everything was deleted`);

  const ids = final.entries.flatMap(({ from, id }) => (from === "person" && id !== undefined ? [id] : []));
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  for (const id of person.accepted)
    if (!times.has(id)) add("lost", `message ${id} was accepted and is not there`);
  for (const id of person.sent) if (!person.accepted.has(id)) add("lost", `message ${id} was never accepted`);
  for (const [id, count] of times) if (count > 1) add("doubled", `message ${id} is there ${count} times`);
  const known = new Set(ids);
  const expected = person.sent.filter((id) => known.has(id));
  const inOrder = [...new Set(ids)];
  if (expected.some((id, index) => inOrder[index] !== id)) add("out of order", "messages changed places");

  for (const entry of unanswered(final.entries, records))
    add("lost", `message ${entry.id} was never answered`);
  for (const seq of mixedSpeakers(final.entries, records))
    add("two owners", `two counsellors spoke between the same two notices, at line ${seq}`);
  return found;
}

export const asShown = ({ from, text, id }: WireEntry) => JSON.stringify([from, id ?? null, text]);

/** Messages with no word behind them, though no counsellor was with the person. Several in a row are answered once (ADR 12). */
function unanswered(entries: readonly WireEntry[], { notices }: Records): WireEntry[] {
  const found: WireEntry[] = [];
  let isLive = false;
  for (const [index, entry] of entries.entries()) {
    if (notices.joined.has(entry.text)) isLive = true;
    if (notices.left.has(entry.text)) isLive = false;
    const next = entries.slice(index + 1).find(({ from }) => from !== "person");
    if (entry.from === "person" && !isLive && next?.from !== "bot") found.push(entry);
  }
  return found;
}

/** From one coming or leaving to the next, only one counsellor may speak, and only after one has come. */
function mixedSpeakers(entries: readonly WireEntry[], { notices }: Records): number[] {
  const found: number[] = [];
  let speaker: string | null = null;
  for (const { from, text, seq } of entries) {
    if (notices.joined.has(text) || notices.left.has(text)) speaker = null;
    if (from !== "counsellor") continue;
    const name = MARK.exec(text)?.[1] ?? "?";
    if (speaker !== null && speaker !== name) found.push(seq);
    speaker = name;
  }
  return found;
}

/** Every line that a counsellor was told is said reached a person once; one with no answer, at most once. */
function checkWords({ name, acts }: CounsellorRecord, { people }: Records): Violation[] {
  const heard = new Map<string, number>();
  for (const { final } of people)
    for (const { from, text } of final?.entries ?? [])
      if (from === "counsellor") heard.set(text, (heard.get(text) ?? 0) + 1);
  return acts.flatMap(({ act, result }): Violation[] => {
    if (act.kind !== "say") return [];
    const times = heard.get(act.text) ?? 0;
    const mark = MARK.exec(act.text)?.[0] ?? "";
    if (times > 1) return [{ promise: "doubled", detail: `${name}: ${mark} was said ${times} times` }];
    if (times === 0 && result === "done")
      return [{ promise: "lost", detail: `${name}: ${mark} reached nobody` }];
    if (times === 1 && result === "refused")
      return [{ promise: "doubled", detail: `${name}: ${mark} was refused and said all the same` }];
    return [];
  });
}

interface Ownership {
  readonly caseId: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Times at which a case was certainly somebody's: from the answer to their claim until they began to let go. */
function certainOwnerships({ name, acts }: CounsellorRecord): Ownership[] {
  return acts.flatMap((claim, index) => {
    if (claim.act.kind !== "claim" || claim.result !== "done") return [];
    const end = acts
      .slice(index + 1)
      .find(
        ({ caseId, act }) => caseId === claim.caseId && (act.kind === "release" || act.kind === "resolve"),
      );
    return [
      { caseId: claim.caseId, name, from: claim.endedAt, to: end?.startedAt ?? Number.POSITIVE_INFINITY },
    ];
  });
}

function checkOwners(counsellors: readonly CounsellorRecord[]): Violation[] {
  const byCase = new Map<string, Ownership[]>();
  for (const each of counsellors.flatMap(certainOwnerships))
    byCase.set(each.caseId, [...(byCase.get(each.caseId) ?? []), each]);
  return [...byCase.values()].flatMap((all) =>
    all.flatMap((a, index) =>
      all
        .slice(index + 1)
        .filter((b) => b.name !== a.name && a.from < b.to && b.from < a.to)
        .map(
          (b): Violation => ({ promise: "two owners", detail: `case ${a.caseId}: ${a.name} and ${b.name}` }),
        ),
    ),
  );
}

/** At the end: who is told that a counsellor is coming stands in the queue, once; who is not told so does not. */
function checkPlaces({ people, desk }: Records): Violation[] {
  const found: Violation[] = [];
  for (const { name, final } of people) {
    if (final === null) continue;
    const own = final.entries.filter(({ from, text }) => from === "person" && OWN_WORDS.test(text));
    const texts = new Set(own.map(({ text }) => text));
    const cases = desk.cases.filter(({ id }) => desk.talks.get(id)?.some((text) => texts.has(text)) ?? false);
    const wanted = final.mode === "waiting" || final.mode === "live" ? 1 : 0;
    if (cases.length !== wanted)
      found.push({
        promise: "without a place",
        detail: `${name} is shown "${final.mode}" and stands in the queue ${cases.length} times`,
      });
    const unlike = cases.find(({ status }) => status !== final.mode);
    if (wanted === 1 && unlike !== undefined)
      found.push({
        promise: "without a place",
        detail: `${name} is shown "${final.mode}", the queue says "${unlike.status}"`,
      });
  }
  for (const { id, status, counsellorId } of desk.cases)
    if ((status === "live") !== (counsellorId !== null))
      found.push({ promise: "two owners", detail: `case ${id} is ${status} with owner ${counsellorId}` });
  return found;
}

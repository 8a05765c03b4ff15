import { dayOfIsoDate, type LocalDay } from "../../domain/calendar/local-day.ts";
import type { Fact } from "../../domain/dialogue/flow-book.ts";
import { CHILD_LINE, EMERGENCY_LINES } from "../../domain/helplines/danger-now.ts";
import type { Helpline } from "../../domain/helplines/helpline.ts";
import { holidaysOn } from "../../domain/helplines/holidays.ts";
import { trustedUntil } from "../../domain/helplines/opening.ts";
import { phoneNumbersIn } from "./check-flow.ts";
import type { ContentProblem } from "./read-yaml.ts";
import { RETIRED_NUMBERS } from "./retired-numbers.ts";

export interface HelplineFile {
  readonly name: string;
  readonly helplines: readonly Helpline[];
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

const MAX_AGE_DAYS = 365;
const LOOK_AHEAD_DAYS = 60;

/** What the schema cannot see: facts that exist and hold the number, no number twice, the standing lines in place. */
export function checkHelplines(file: HelplineFile, facts: readonly Fact[]): ContentProblem[] {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const { helplines } = file;
  return [
    ...eachHelpline(file, (helpline) => [
      ...problemsOfFacts(helpline, known),
      ...problemsOfNumber(helpline, known),
      ...problemsOfWords(helpline),
    ]),
    ...eachHelpline(file, (helpline, index) => problemsOfTwins(helpline, helplines.slice(0, index))),
    ...problemsOfStandingLines(helplines).map((message) => ({ file: file.name, line: 0, message })),
  ];
}

/**
 * What is right today and goes stale: rows checked more than a year before `today` ("2026-11-22"), and hours that
 * cannot be told for each of the next 60 days. Kept apart, since a server must not refuse to start on a birthday of
 * its content: until somebody looks, such hours are simply no longer claimed.
 */
export function checkHelplineDates(file: HelplineFile, today: string): ContentProblem[] {
  const day = dayOfIsoDate(today);
  return eachHelpline(file, (helpline) => [
    ...problemsOfAge(helpline, day),
    ...problemsOfHours(helpline, day),
  ]);
}

function eachHelpline(
  { name, helplines, lineOf }: HelplineFile,
  check: (helpline: Helpline, index: number) => readonly string[],
): ContentProblem[] {
  return helplines.flatMap((helpline, index) =>
    check(helpline, index).map((message) => ({
      file: name,
      line: lineOf(["helplines", index]),
      message: `${helpline.id}: ${message}`,
    })),
  );
}

function problemsOfFacts(helpline: Helpline, known: ReadonlyMap<string, Fact>): string[] {
  const unknown = helpline.facts.filter((id) => !known.has(id));
  const problems = unknown.map((id) => `no fact "${id}" in flows/_facts.yaml`);
  // What a person has called and confirmed stands above what the pages said.
  if (unknown.length > 0 || helpline.verify === null) return problems;
  const rows = factsOf(helpline, known);
  const urgent = rows.map(({ check }) => check).sort()[0];
  if (helpline.verify !== urgent)
    problems.push(`verify is ${helpline.verify}, its facts say ${urgent ?? ""}`);
  if (helpline.hoursConfidence === "high" && rows.some(({ confidence }) => confidence !== "high"))
    problems.push("hoursConfidence is high, but one of its facts is not");
  return problems;
}

function problemsOfNumber(helpline: Helpline, known: ReadonlyMap<string, Fact>): string[] {
  const digits = digitsOf(helpline.number);
  if (RETIRED_NUMBERS.has(digits))
    return [`${helpline.number} must never be shown: it is old, closed or unproved`];
  const holding = factsOf(helpline, known).filter(({ fact }) => holdsNumber(fact, digits));
  if (holding.length === 0) return [`none of its facts holds the number ${helpline.number}`];
  const sure = helpline.verify === null || holding.some(({ confidence }) => confidence === "high");
  return helpline.confidence === "high" && !sure
    ? ["confidence is high, but no fact with its number is"]
    : [];
}

/** A number inside a note would be shown without any of these checks. */
function problemsOfWords({ name, note, for: { whom } }: Helpline): string[] {
  return phoneNumbersIn([name, note, whom]).map(
    (found) => `"${found}" looks like a phone number in its words`,
  );
}

function problemsOfTwins(helpline: Helpline, earlier: readonly Helpline[]): string[] {
  const digits = digitsOf(helpline.number);
  return earlier.flatMap((other) => [
    ...(other.id === helpline.id ? ["another row has this id"] : []),
    ...(digitsOf(other.number) === digits ? [`${other.id} has the number ${helpline.number} too`] : []),
  ]);
}

/** `pickHelplines` promises these to everyone at any hour; a directory without them is no directory. */
function problemsOfStandingLines(helplines: readonly Helpline[]): string[] {
  return [CHILD_LINE, ...EMERGENCY_LINES].flatMap((id) => {
    const line = helplines.find((each) => each.id === id);
    if (line === undefined) return [`there is no helpline "${id}"`];
    const { hours, confidence, hoursConfidence, provinces, minAge, maxAge } = line;
    const isStanding = hours === "always" && confidence === "high" && hoursConfidence === "high";
    const isForAll = line.for.audiences.includes("anyone") && (provinces ?? minAge ?? maxAge) === undefined;
    return isStanding && isForAll ? [] : [`${id} must be for anyone, anywhere, always, with high confidence`];
  });
}

function problemsOfAge({ checked }: Helpline, today: LocalDay): string[] {
  const day = dayOfIsoDate(checked);
  if (day > today) return [`checked on ${checked}, a day that is yet to come`];
  return today - day > MAX_AGE_DAYS ? [`last checked on ${checked}, more than a year ago`] : [];
}

function problemsOfHours(helpline: Helpline, today: LocalDay): string[] {
  const { hours } = helpline;
  if (typeof hours === "string") return [];
  const last = today + LOOK_AHEAD_DAYS;
  const problems: string[] = [];
  // Hours that are never claimed cannot run out.
  const claimed = helpline.confidence === "high" && helpline.hoursConfidence === "high";
  if (claimed && trustedUntil(helpline, hours) < last)
    problems.push(`its hours run out within ${LOOK_AHEAD_DAYS} days: look at validUntil and checked`);
  for (let day = today; day <= last; day++) {
    if (holidaysOn(day) !== null) continue;
    problems.push(`the holidays of the next ${LOOK_AHEAD_DAYS} days cannot be computed`);
    break;
  }
  return problems;
}

function factsOf(helpline: Helpline, known: ReadonlyMap<string, Fact>): Fact[] {
  return helpline.facts.flatMap((id) => known.get(id) ?? []);
}

/** The digits as one number of the text, blanks, dots and hyphens allowed; not as a piece of a longer one. */
function holdsNumber(text: string, digits: string): boolean {
  const spaced = digits.split("").join("[ .-]?");
  return new RegExp(String.raw`(?<!\d[ .-]?)${spaced}(?![ .-]?\d)`).test(text);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

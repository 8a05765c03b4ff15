import type { RiskLevel } from "../taxonomy/risk.ts";
import type { Audience } from "../taxonomy/speaker.ts";
import { CHILD_LINE, DANGER_NOW, EMERGENCY_LINES } from "./danger-now.ts";
import type { Helpline, HelplineCategory, ProvinceId } from "./helpline.ts";
import { type Opening, openingAt } from "./opening.ts";

/** Who needs a number, for what, where and when. */
export interface HelplineNeed {
  readonly category: HelplineCategory | "none";
  readonly level: RiskLevel;
  readonly audience: Audience;
  /** In years, of the person the help is for. */
  readonly age?: number | undefined;
  readonly province?: ProvinceId | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many to show. 111, and in danger the first emergency number, are shown even if that makes more. */
  readonly limit: number;
}

/** A line and its state at the moment it was picked; a `closed` one is to be marked so. */
export interface PickedHelpline {
  readonly helpline: Helpline;
  readonly opening: Opening;
}

const ADULT = 18;

/**
 * The numbers to show, best first. What holds for every need and moment, given a directory that `check-helplines`
 * accepts: 111 is among them; danger now begins with the emergency number for it; a line that surely answers never
 * stands behind one that may not, nor that behind a closed one. In danger now nothing is shown that might not answer.
 */
export function pickHelplines(
  directory: ReadonlyMap<string, Helpline>,
  need: HelplineNeed,
): PickedHelpline[] {
  const danger = need.level === "emergency" || need.category === "fire" || need.category === "disaster";
  const [firstNumber, ...nextNumbers] = DANGER_NOW[need.category];
  const standing = danger
    ? [firstNumber, ...nextNumbers, CHILD_LINE]
    : need.level === "urgent"
      ? [CHILD_LINE, firstNumber]
      : [CHILD_LINE];
  const musts = new Set<string>(danger ? [firstNumber, CHILD_LINE] : [CHILD_LINE]);
  const ordered = [
    ...standing.flatMap((id) => picked(directory.get(id), need.now)),
    ...othersFor(directory, need).filter(({ opening }) => !danger || opening.kind === "always"),
  ];
  return shorten(ordered, musts, need.limit);
}

/** The first `limit` lines, but never without those that must be there. */
function shorten(
  ordered: readonly PickedHelpline[],
  musts: ReadonlySet<string>,
  limit: number,
): PickedHelpline[] {
  const optional = ordered.filter(({ helpline }) => !musts.has(helpline.id));
  const kept = new Set(optional.slice(0, Math.max(0, limit - musts.size)));
  return ordered.filter((each) => musts.has(each.helpline.id) || kept.has(each));
}

function picked(helpline: Helpline | undefined, now: number): PickedHelpline[] {
  return helpline === undefined ? [] : [{ helpline, opening: openingAt(helpline, now) }];
}

/** The lines that specialise: those that answer first, and among equals the nearer ones. */
function othersFor(directory: ReadonlyMap<string, Helpline>, need: HelplineNeed): PickedHelpline[] {
  const standing = new Set<string>([CHILD_LINE, ...EMERGENCY_LINES]);
  return [...directory.values()]
    .filter((helpline) => !standing.has(helpline.id) && fits(helpline, need))
    .flatMap((helpline) => picked(helpline, need.now))
    .sort((a, b) => rank(a) - rank(b));
}

function fits(helpline: Helpline, { category, audience, age, province }: HelplineNeed): boolean {
  if (category === "none" || !helpline.categories.includes(category)) return false;
  if (helpline.provinces !== undefined && (province === undefined || !helpline.provinces.includes(province)))
    return false;
  const { audiences } = helpline.for;
  if (audience !== "unknown" && !audiences.includes("anyone") && !audiences.includes(audience)) return false;
  const { minAge = 0, maxAge = Number.POSITIVE_INFINITY } = helpline;
  // A teen who has not said their age is not sent to a line for adults, to be turned away there.
  if (age === undefined) return audience !== "teen" || minAge < ADULT;
  return minAge <= age && age <= maxAge;
}

function rank({ helpline, opening }: PickedHelpline): number {
  const certainty = { always: 0, open: 0, uncertain: 1, closed: 2 }[opening.kind];
  return certainty * 2 + (helpline.provinces === undefined ? 1 : 0);
}

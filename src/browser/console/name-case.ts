import type { CaseTag } from "../../wire/case-file.ts";
import type { CaseSummary } from "../../wire/console.ts";
import type { Locale } from "../kit/locale.ts";
import type { Words } from "./words.ts";

const LEVELS = {
  emergency: "levelEmergency",
  urgent: "levelUrgent",
  concern: "levelConcern",
  none: "levelNone",
} as const;

const CATEGORIES: Readonly<Record<string, keyof Words>> = {
  suicide_self_harm: "catSuicide",
  sexual_exploitation: "catExploitation",
  sexual_abuse: "catAbuse",
  violence: "catViolence",
  abduction_coercion: "catAbduction",
  bullying_harassment: "catBullying",
  fraud: "catFraud",
  mental_distress: "catDistress",
};

export function nameOfLevel(level: CaseSummary["level"], words: Words): string {
  return words[LEVELS[level]];
}

export function nameOfCategory(category: string, words: Words): string {
  return words[CATEGORIES[category] ?? "catNone"];
}

/** A danger by its own name; whatever else people come with by the tag's. */
export function nameOfTag(tag: CaseTag, words: Words): string {
  const name = CATEGORIES[tag] ?? `tag-${tag}`;
  return words[name as keyof Words];
}

/** "21:40" today, with the day before it on any other day. */
export function momentOf(at: number, locale: Locale): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ day: "numeric", month: "numeric" } as const);
  return new Date(at).toLocaleString(locale, { ...day, hour: "2-digit", minute: "2-digit" });
}

/** With its date: for what is read on another day, or on paper. */
export function datedMomentOf(at: number, locale: Locale): string {
  return new Date(at).toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
}

export function dayOf(at: number, locale: Locale): string {
  return new Date(at).toLocaleDateString(locale);
}

export function isPressing({ level }: Pick<CaseSummary, "level">): boolean {
  return level === "urgent" || level === "emergency";
}

/** 75 seconds → "1:15"; more than an hour → "1:02:05". */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

import type { CaseSummary } from "../../wire/console.ts";
import { AlertIcon, ClockIcon, PersonIcon } from "../kit/icons.tsx";
import type { Locale } from "../kit/locale.ts";
import { clockOf, nameOfCategory, nameOfLevel } from "./name-case.ts";
import type { Words } from "./words.ts";

interface FactsProps {
  readonly summary: CaseSummary;
  readonly words: Words;
  readonly locale: Locale;
}

/** Level in words, with a picture and a colour: none of the three has to be seen alone. */
export function LevelBadge({ summary, words }: Pick<FactsProps, "summary" | "words">) {
  const { level } = summary;
  return (
    <span class={`level level-${level}`}>
      {level === "none" ? <PersonIcon /> : <AlertIcon />}
      {nameOfLevel(level, words)}
    </span>
  );
}

export function WaitedFor({
  summary,
  words,
  now,
}: Pick<FactsProps, "summary" | "words"> & { readonly now: number }) {
  const { status, requestedAt, claimedAt } = summary;
  const since = status === "live" ? (claimedAt ?? requestedAt) : requestedAt;
  return (
    <span class="waited">
      <ClockIcon />
      {status === "live" ? null : `${words.waited} `}
      <span class="digits">{clockOf(now - since)}</span>
    </span>
  );
}

export function Reasons({ summary, words, locale }: FactsProps) {
  const { reasons, cause } = summary;
  return (
    <ul class="reasons">
      {cause === "person" && <li>{words.asked}</li>}
      {[...reasons].reverse().map((reason) => (
        <li key={reason.id}>{reason[locale]}</li>
      ))}
    </ul>
  );
}

/** One quiet line: what it is about, where it comes from, who writes, in which language. */
export function Origin({ summary, words }: Pick<FactsProps, "summary" | "words">) {
  const { category, channel, audience, locale } = summary;
  const parts = [
    category === "none" ? null : nameOfCategory(category, words),
    words[audience],
    words[channel],
    words[locale],
  ];
  return <p class="origin">{parts.filter((part) => part !== null).join(" · ")}</p>;
}

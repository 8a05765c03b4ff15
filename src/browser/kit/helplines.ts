import type { Locale } from "./locale.ts";

interface BuiltInHelpline {
  readonly id: string;
  readonly number: string;
  readonly name: Readonly<Record<Locale, string>>;
  readonly note: Readonly<Record<Locale, string>>;
}

// Put here by the build from flows/_helplines.yaml, so that the numbers show with the server down.
declare const __HELPLINES__: readonly BuiltInHelpline[];

export interface ShownHelpline {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly note: string;
}

export function builtInHelplines(locale: Locale): ShownHelpline[] {
  return __HELPLINES__.map(({ id, number, name, note }) => ({
    id,
    number,
    name: name[locale],
    note: note[locale],
  }));
}

export function telephoneLink(number: string): string {
  return `tel:${number.replace(/\s/g, "")}`;
}

import { stripMarks } from "../../../domain/text/letters.ts";
import { TEENCODE } from "../../../domain/text/teencode.ts";
import { TEXT_SPEAK } from "../../../domain/text/text-speak.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";

/** Writes a training line again as a hurried teenager would type it. Seeded: the same line, the same noise. */

const TYPED_AS = { vi: reverse(TEENCODE), en: reverse(TEXT_SPEAK) };

function reverse(table: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const typed = new Map<string, string[]>();
  for (const [spelling, words] of table) {
    const standard = words.join(" ");
    typed.set(standard, [...(typed.get(standard) ?? []), spelling]);
  }
  return typed;
}

export interface NoiseOptions {
  readonly locale: "vi" | "en";
  readonly random: () => number;
}

export function addNoise(text: string, { locale, random }: NoiseOptions): string {
  const plain = text.toLowerCase();
  const dropsMarks = random() < 0.45;
  const words = plain.split(/\s+/).map((word) => spoil(word, { locale, random, dropsMarks }));
  return words.join(" ").replace(/[.,!]+/g, () => (random() < 0.6 ? " " : ","));
}

interface Spoiling extends NoiseOptions {
  readonly dropsMarks: boolean;
}

function spoil(word: string, { locale, random, dropsMarks }: Spoiling): string {
  const spellings = TYPED_AS[locale].get(word);
  if (spellings !== undefined && random() < 0.3)
    return spellings[Math.floor(random() * spellings.length)] ?? word;
  let out = dropsMarks || random() < 0.12 ? stripMarks(word.normalize("NFC")) : word;
  const dice = random();
  if (out.length > 2 && dice < 0.05) out = slip(out, random);
  else if (dice > 0.97) out += (out.at(-1) ?? "").repeat(3);
  return out;
}

function slip(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1));
  const [a = "", b = ""] = [word[at], word[at + 1]];
  const kind = random();
  if (kind < 0.4) return word.slice(0, at) + b + a + word.slice(at + 2);
  if (kind < 0.75) return word.slice(0, at) + word.slice(at + 1);
  return word.slice(0, at + 1) + a + word.slice(at + 1);
}

/** The same utterance typed without any marks. */
export function withoutMarks(utterance: Utterance): Utterance {
  const { bare, typed } = utterance;
  return {
    ...utterance,
    text: stripMarks(utterance.text),
    words: bare,
    typed: typed.map(stripMarks),
    hasMarks: false,
  };
}

const DROPPED = 0.12;

/** Leaves out a word here and there, so that no intent hangs on a single one: another writer will use another. */
export function dropWords(utterance: Utterance, random: () => number): Utterance {
  if (utterance.words.length < 4) return utterance;
  const kept = utterance.words.map(() => random() >= DROPPED);
  return {
    ...utterance,
    words: utterance.words.filter((_, i) => kept[i]),
    bare: utterance.bare.filter((_, i) => kept[i]),
  };
}

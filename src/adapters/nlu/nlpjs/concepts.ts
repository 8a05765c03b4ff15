import { stripMarks } from "../../../domain/text/letters.ts";
import { normalise } from "../../../domain/text/normalise.ts";
import { HARM } from "./lexicon/harm.ts";
import { MANNER } from "./lexicon/manner.ts";
import { PEOPLE } from "./lexicon/people.ts";
import { TOPICS } from "./lexicon/topics.ts";

export interface Concept {
  readonly id: number;
  readonly name: string;
}

interface Phrase {
  readonly concept: Concept;
  readonly words: readonly string[];
  readonly bare: readonly string[];
}

/** First bare word → phrases that begin with it, the longest first. */
const PHRASES = new Map<string, Phrase[]>();
const CONCEPTS: Concept[] = [];

for (const line of [PEOPLE, HARM, TOPICS, MANNER].join("").split("\n")) {
  const [name, list] = line.split(" = ");
  if (name === undefined || list === undefined) continue;
  const concept = { id: CONCEPTS.length, name };
  CONCEPTS.push(concept);
  // A phrase is met in messages as normalising leaves it ("my mom" → "my mother"), so that form is listed too.
  const texts = list.split(", ").map((text) => text.trim().toLowerCase());
  for (const text of new Set(texts.flatMap((text) => [text, normalise(text).words.join(" ")]))) addPhrase(concept, text.split(" "));
}

function addPhrase(concept: Concept, words: readonly string[]): void {
  const bare = words.map(stripMarks);
  const first = bare[0] ?? "";
  const others = PHRASES.get(first);
  if (others === undefined) PHRASES.set(first, [{ concept, words, bare }]);
  else others.push({ concept, words, bare });
}

for (const phrases of PHRASES.values()) phrases.sort((a, b) => b.words.length - a.words.length);

export const CONCEPT_COUNT = CONCEPTS.length;

/** The concepts of a message in the order in which they are said; a concept repeats only when said again. */
export function conceptsOf(words: readonly string[], bare: readonly string[]): Concept[] {
  const found: Concept[] = [];
  const busyUntil = new Uint16Array(CONCEPTS.length);
  for (let at = 0; at < bare.length; at++) {
    const phrases = PHRASES.get(bare[at] ?? "");
    if (phrases === undefined) continue;
    for (const phrase of phrases) {
      const { id } = phrase.concept;
      // The longest phrase of a concept wins; shorter ones inside it say nothing new.
      if ((busyUntil[id] as number) > at || !fits(phrase, { words, bare, at })) continue;
      busyUntil[id] = at + phrase.words.length;
      found.push(phrase.concept);
    }
  }
  return found;
}

interface Spot {
  readonly words: readonly string[];
  readonly bare: readonly string[];
  readonly at: number;
}

function fits(phrase: Phrase, { words, bare, at }: Spot): boolean {
  for (let i = 0; i < phrase.words.length; i++) {
    const plain = bare[at + i];
    if (plain !== phrase.bare[i]) return false;
    const word = words[at + i];
    // Typed without marks it may mean anything; typed with marks it must be these marks.
    if (word !== plain && word !== phrase.words[i] && phrase.words[i] !== plain) return false;
  }
  return true;
}

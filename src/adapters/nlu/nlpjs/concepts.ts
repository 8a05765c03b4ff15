import { stripMarks } from "../../../domain/text/letters.ts";
import { normalise } from "../../../domain/text/normalise.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import { HARM } from "./lexicon/harm.ts";
import { JOKES, JOKING } from "./lexicon/jokes.ts";
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

/** First bare word → second ("" for a phrase of one word) → phrases that begin so, the longest first. */
const PHRASES = new Map<string, Map<string, Phrase[]>>();
const CONCEPTS: Concept[] = [];

for (const line of [PEOPLE, HARM, TOPICS, MANNER].join("").split("\n")) {
  const [name, list] = line.split(" = ");
  if (name === undefined || list === undefined) continue;
  const concept = { id: CONCEPTS.length, name };
  CONCEPTS.push(concept);
  // A phrase is met in messages as normalising leaves it ("my mom" → "my mother"), so that form is listed too.
  const texts = list.split(", ").map((text) => text.trim().toLowerCase());
  for (const text of new Set(texts.flatMap((text) => [text, normalise(text).words.join(" ")])))
    addPhrase(concept, text.split(" "));
}

function addPhrase(concept: Concept, words: readonly string[]): void {
  const bare = words.map(stripMarks);
  const [first = "", second = ""] = bare;
  const begun = PHRASES.get(first) ?? new Map<string, Phrase[]>();
  PHRASES.set(first, begun);
  begun.set(second, [...(begun.get(second) ?? []), { concept, words, bare }]);
}

const JOKE = { id: CONCEPTS.length, name: JOKING };
CONCEPTS.push(JOKE);
for (const joke of JOKES) addPhrase(JOKE, joke.split(" "));
const ANY_HARM = { id: CONCEPTS.length, name: "any_harm" };
CONCEPTS.push(ANY_HARM);
const DEATH = CONCEPTS.findIndex(({ name }) => name === "die");

/** Concepts that name a danger: with LAW, AGE, TIPS … any of them says the same, whichever it is. */
const HARMS = new Set(
  HARM.split("\n").flatMap((line) =>
    line.includes(" = ") && !/^(?:image|video|account|money|saw) /.test(line)
      ? [line.split(" = ")[0] ?? ""]
      : [],
  ),
);

for (const begun of PHRASES.values())
  for (const phrases of begun.values()) phrases.sort((a, b) => b.words.length - a.words.length);

// Reading stops here: a longer text says what it is about long before, and time must stay bounded.
const MOST_WORDS = 400;

/** Asked for twice for each message: as features, and to tell who speaks. Goes with the utterance. */
const READ = new WeakMap<Utterance, readonly Concept[]>();

/** The concepts of a message in the order in which they are said; a concept repeats only when said again. */
export function conceptsOf(utterance: Utterance): readonly Concept[] {
  const known = READ.get(utterance);
  if (known !== undefined) return known;
  const { words, bare } = utterance;
  const found = findConcepts(words.slice(0, MOST_WORDS), bare.slice(0, MOST_WORDS));
  READ.set(utterance, found);
  return found;
}

function findConcepts(words: readonly string[], bare: readonly string[]): Concept[] {
  const found: Concept[] = [];
  const busyUntil = new Uint16Array(CONCEPTS.length);
  let harmful = false;
  for (let at = 0; at < bare.length; at++) {
    const begun = PHRASES.get(bare[at] ?? "");
    if (begun === undefined) continue;
    for (const second of at + 1 < bare.length ? [bare[at + 1] ?? "", ALONE] : [ALONE]) {
      for (const phrase of begun.get(second) ?? NONE) {
        const { concept } = phrase;
        // The longest phrase of a concept wins; shorter ones inside it say nothing new.
        if ((busyUntil[concept.id] as number) > at || !fits(phrase, { words, bare, at })) continue;
        busyUntil[concept.id] = at + phrase.words.length;
        // "sướng muốn chết" is joy: the death in it is not one.
        if (concept === JOKE) busyUntil[DEATH] = at + phrase.words.length;
        found.push(concept);
        harmful ||= HARMS.has(concept.name);
      }
    }
  }
  if (harmful) found.push(ANY_HARM);
  return found;
}

const ALONE = "";
const NONE: readonly Phrase[] = [];

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

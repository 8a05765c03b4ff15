import type { CardLink } from "../domain/conversation/message.ts";
import { isSpoken } from "../domain/dialogue/flow.ts";
import type { FlowBook } from "../domain/dialogue/flow-book.ts";
import { speakStep } from "../domain/dialogue/speak.ts";

/** The words of a card, ready to be drawn or printed. */
export interface CardContent {
  /** `flow/step`. */
  readonly id: string;
  readonly locale: "vi" | "en";
  readonly kicker: string;
  readonly title: string;
  readonly intro: string;
  readonly points: readonly string[];
  readonly helplines: readonly { readonly number: string; readonly name: string }[];
  readonly footer: string;
}

const WORDS = {
  vi: { kicker: "Thẻ ghi nhớ", footer: "Kề Bên · an toàn trên mạng" },
  en: { kicker: "Keep this", footer: "Kề Bên · safe online" },
} as const;
const MAX_HELPLINES = 3;

/** A card says what its step says, to the same listener; null when the content has no such card (any more). */
export function cardContentOf(book: FlowBook, card: Omit<CardLink, "title">): CardContent | null {
  const { flow: flowName, step: name, locale } = card;
  const flow = book.flows.get(flowName);
  const step = flow?.steps[name];
  if (flow === undefined || step === undefined || !isSpoken(step) || "ask" in step || step.card !== true)
    return null;
  const speech = speakStep(
    book,
    { flow: flowName, name, step, asCard: true },
    { locale, audience: card.voice },
  );
  return {
    id: `${flowName}/${name}`,
    locale,
    ...WORDS[locale],
    title: flow.title[locale],
    intro: speech.text,
    points: speech.points,
    helplines: speech.helplines
      .slice(0, MAX_HELPLINES)
      .map((line) => ({ number: line.number, name: line.name })),
  };
}

/** Every card there is, as it is said to one listener: for printing a set, and for tests. */
export function allCards(book: FlowBook, listener: Pick<CardLink, "locale" | "voice">): CardContent[] {
  return [...book.flows.values()].flatMap((flow) =>
    Object.keys(flow.steps).flatMap(
      (step) => cardContentOf(book, { flow: flow.flow, step, ...listener }) ?? [],
    ),
  );
}

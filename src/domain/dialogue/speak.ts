import type { Button, CardLink, HelplineCard, Speech } from "../conversation/message.ts";
import { assertNever } from "../kernel/assert-never.ts";
import type { Audience, Bilingual, Locale } from "../taxonomy/speaker.ts";
import { describeOpening } from "../helplines/describe-opening.ts";
import type { Helpline } from "../helplines/helpline.ts";
import { openingAt } from "../helplines/opening.ts";
import { encodeChoice } from "./choice.ts";
import type { FlowButton, SpokenStep, Voiced, VoicedPoints } from "./flow.ts";
import type { FlowBook, NoticeName } from "./flow-book.ts";

/** Whom we speak to, and in which language. */
export interface Listener {
  readonly locale: Locale;
  readonly audience: Audience;
  /** When they are spoken to, ms since 1970: lines that are closed then are said to be. */
  readonly lastTurnAt?: number;
}

export function voice(text: Voiced, listener: Listener): string {
  const chosen: Bilingual = "vi" in text ? text : listener.audience === "parent" ? text.parent : text.teen;
  return chosen[listener.locale];
}

export function voicePoints(points: VoicedPoints | undefined, listener: Listener): string[] {
  if (points === undefined) return [];
  const chosen = Array.isArray(points)
    ? points
    : listener.audience === "parent"
      ? points.parent
      : points.teen;
  return chosen.map((point) => point[listener.locale]);
}

export function helplineCards(book: FlowBook, ids: readonly string[], listener: Listener): HelplineCard[] {
  const lines = ids.flatMap((id) => book.helplines.get(id) ?? []);
  const shown = lines.map((helpline) => showHelpline(helpline, listener));
  // A line that does not answer now stands behind those that may.
  return [...shown.filter(({ isClosed }) => !isClosed), ...shown.filter(({ isClosed }) => isClosed)].map(
    ({ card }) => card,
  );
}

function showHelpline(helpline: Helpline, listener: Listener): { card: HelplineCard; isClosed: boolean } {
  const { id, number } = helpline;
  const { locale, lastTurnAt: now } = listener;
  const opening = now === undefined ? null : openingAt(helpline, now);
  const note = helpline.note[locale];
  const card = { id, number, name: helpline.name[locale], note };
  if (opening === null || now === undefined) return { card, isClosed: false };
  if (opening.kind !== "open" && opening.kind !== "closed") return { card, isClosed: false };
  const hours = describeOpening(opening, { locale, now });
  return { card: { ...card, note: `${hours}. ${note}` }, isClosed: opening.kind === "closed" };
}

/** What the texts of a step may name in braces. */
export interface Fillings {
  readonly score: string;
  readonly tip: string;
}

/** Renders a step of a flow as one speech. */
export function speakStep(
  book: FlowBook,
  at: {
    readonly flow: string;
    readonly name: string;
    readonly step: SpokenStep;
    readonly fillings?: Fillings;
    /** Said once more to be kept: with the card instead of the button that asks for it. */
    readonly asCard?: boolean;
  },
  listener: Listener,
): Speech {
  const { flow, name, step, fillings = NO_FILLINGS, asCard = false } = at;
  const hasCard = "say" in step && step.card === true;
  const { locale } = listener;
  const filled = (text: string) => fill(text, { ...fillings, days: String(book.retentionDays) });
  return {
    text: filled(voice("ask" in step ? step.ask : step.say, listener)),
    points: voicePoints(step.do, listener).map(filled),
    helplines: helplineCards(book, step.helplines, listener),
    buttons: [
      ...("ask" in step
        ? step.answers.map((answer) => ({ label: answer[locale], value: stepValue(flow, answer.go) }))
        : []),
      ...step.buttons.map((button): Button => ({ label: button[locale], value: buttonValue(flow, button) })),
      ...(hasCard && !asCard
        ? [
            {
              label: book.labels.keep_card[locale],
              value: encodeChoice({ kind: "card", flow, step: name }),
            },
          ]
        : []),
    ],
    tone: "plain",
    ...(hasCard && asCard ? { card: cardLink(book, { flow, step: name }, listener) } : {}),
  };
}

const NO_FILLINGS: Fillings = { score: "0", tip: "" };

function fill(text: string, { score, tip, days }: Fillings & { readonly days: string }): string {
  return text.replaceAll("{score}", score).replaceAll("{tip}", tip).replaceAll("{days}", days);
}

function cardLink(
  book: FlowBook,
  at: { readonly flow: string; readonly step: string },
  listener: Listener,
): CardLink {
  const { locale, audience } = listener;
  const title = book.flows.get(at.flow)?.title[locale] ?? "";
  return { ...at, locale, voice: audience === "parent" ? "parent" : "teen", title };
}

function stepValue(flow: string, step: string): string {
  return encodeChoice({ kind: "step", flow, step });
}

function buttonValue(flow: string, button: FlowButton): string {
  if ("go" in button) return stepValue(flow, button.go);
  if ("flow" in button) return encodeChoice({ kind: "flow", flow: button.flow });
  if ("act" in button) return encodeChoice({ kind: "act", act: button.act });
  return assertNever(button);
}

/** A line about the conversation itself. */
export function speakNotice(book: FlowBook, name: NoticeName, listener: Listener): Speech {
  return {
    text: voice(book.notices[name], listener),
    points: [],
    helplines: [],
    buttons: [],
    tone: "notice",
  };
}

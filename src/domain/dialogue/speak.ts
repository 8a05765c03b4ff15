import type { HelplineCard, Speech } from "../conversation/message.ts";
import { assertNever } from "../kernel/assert-never.ts";
import type { Audience, Bilingual, Locale } from "../taxonomy/speaker.ts";
import { encodeChoice } from "./choice.ts";
import type { FlowButton, SayStep, Voiced, VoicedPoints } from "./flow.ts";
import type { FlowBook, NoticeName } from "./flow-book.ts";

/** Whom we speak to, and in which language. */
export interface Listener {
  readonly locale: Locale;
  readonly audience: Audience;
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
  const cards: HelplineCard[] = [];
  for (const id of ids) {
    const helpline = book.helplines.get(id);
    if (helpline === undefined) continue;
    const { locale } = listener;
    cards.push({ id, number: helpline.number, name: helpline.name[locale], note: helpline.note[locale] });
  }
  return cards;
}

/** Renders a step of a flow as one speech. */
export function speakStep(book: FlowBook, at: { flow: string; step: SayStep }, listener: Listener): Speech {
  return {
    text: voice(at.step.say, listener),
    points: voicePoints(at.step.do, listener),
    helplines: helplineCards(book, at.step.helplines, listener),
    buttons: at.step.buttons.map((button) => ({
      label: button[listener.locale],
      value: buttonValue(at.flow, button),
    })),
    tone: "plain",
  };
}

function buttonValue(flow: string, button: FlowButton): string {
  if ("go" in button) return encodeChoice({ kind: "step", flow, step: button.go });
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

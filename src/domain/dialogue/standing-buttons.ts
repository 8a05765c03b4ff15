import type { Conversation } from "../conversation/conversation.ts";
import type { Button, Speech } from "../conversation/message.ts";
import { encodeChoice } from "./choice.ts";
import type { FlowBook } from "./flow-book.ts";
import type { Listener } from "./speak.ts";

type OwnButton = "human" | "decline" | "menu" | "none_of_these" | "back" | "leave" | "start_over";

const LABEL_CHOICE: Readonly<Record<OwnButton, string>> = {
  human: encodeChoice({ kind: "act", act: "request-counsellor" }),
  decline: encodeChoice({ kind: "act", act: "decline-counsellor" }),
  menu: encodeChoice({ kind: "flow", flow: "help_menu" }),
  none_of_these: encodeChoice({ kind: "flow", flow: "help_menu" }),
  back: encodeChoice({ kind: "act", act: "go-back" }),
  leave: encodeChoice({ kind: "act", act: "leave-guide" }),
  start_over: encodeChoice({ kind: "act", act: "start-over" }),
};

const ASKS_FOR_PERSON = new Set([LABEL_CHOICE.human, encodeChoice({ kind: "flow", flow: "talk_to_human" })]);

/** A button that the engine itself adds. */
export function ownButton(book: FlowBook, listener: Listener, name: OwnButton): Button {
  return { label: book.labels[name][listener.locale], value: LABEL_CHOICE[name] };
}

/** The buttons that are always right: a person, and the list of topics. */
export function standingButtons(book: FlowBook, after: Conversation): Button[] {
  return after.mode.kind === "waiting"
    ? [ownButton(book, after, "menu")]
    : [ownButton(book, after, "human"), ownButton(book, after, "menu")];
}

/** Who is already in the queue is not shown buttons that put them there. */
export function withoutDoubleAsking(speech: Speech, after: Conversation): Speech {
  if (after.mode.kind !== "waiting") return speech;
  return { ...speech, buttons: speech.buttons.filter(({ value }) => !ASKS_FOR_PERSON.has(value)) };
}

/** At every step of a guide one can go back, reach a person, or leave; elsewhere a guide that waits can be taken up again. */
export function withWaysOn(
  book: FlowBook,
  after: Conversation,
  said: { flow: string; speech: Speech },
): Speech {
  const { walk } = after;
  const { flow, speech } = said;
  if (book.flows.get(flow)?.guide === undefined) {
    return { ...speech, buttons: [...speech.buttons, ...resumeButton(book, after)] };
  }
  const offersPerson = speech.buttons.some(({ value }) => ASKS_FOR_PERSON.has(value));
  const added = [
    ...(walk.trail.length > 0 ? [ownButton(book, after, "back")] : []),
    ...(offersPerson ? [] : [ownButton(book, after, "human")]),
    ownButton(book, after, "leave"),
  ];
  return { ...speech, buttons: [...speech.buttons, ...added] };
}

export function resumeButton(book: FlowBook, { walk, locale }: Conversation): Button[] {
  const { paused } = walk;
  if (paused === null || book.flows.get(paused.flow)?.steps[paused.step] === undefined) return [];
  return [{ label: book.labels.resume[locale], value: encodeChoice({ kind: "step", ...paused }) }];
}

import type { Conversation } from "../conversation/conversation.ts";
import type { Button, Speech } from "../conversation/message.ts";
import type { CaseChange } from "../handoff/change-case.ts";
import type { RiskResponse } from "../handoff/response-policy.ts";
import { isPressing, type Outlook } from "../staffing/outlook.ts";
import type { IntentId } from "../taxonomy/intent.ts";
import type { Arrival } from "./advance.ts";
import { encodeChoice } from "./choice.ts";
import type { Decision } from "./decide.ts";
import type { FlowAct } from "./flow.ts";
import { pickHelplines } from "../helplines/pick-helplines.ts";
import { isSpoken } from "./flow.ts";
import type { FlowBook, NoticeName } from "./flow-book.ts";
import { helplineCards, type Listener, speakNotice, speakStep, voice, voicePoints } from "./speak.ts";
import {
  ownButton,
  resumeButton,
  standingButtons,
  withoutDoubleAsking,
  withWaysOn,
} from "./standing-buttons.ts";
import { tipOfTheDay } from "./tip-of-the-day.ts";
import type { FlowCursor } from "./walk.ts";

export interface ReplyPlan {
  readonly decision: Decision;
  readonly arrival: Arrival | null;
  readonly acts: readonly FlowAct[];
  readonly response: RiskResponse;
  readonly change: CaseChange;
  /** The first words of this conversation: the bot says what it is (a legal duty in Vietnam). */
  readonly isFirst: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly outlook: Outlook;
}

const FIRST_NUMBER = "child";

/**
 * Puts a decision into words, in this order: the emergency card, or who is speaking (first time only) and the
 * answer; then what happens with the case. 111 is in it whenever the message carried risk.
 */
export function composeReply(book: FlowBook, after: Conversation, plan: ReplyPlan): Speech[] {
  const speeches: Speech[] = [];
  const emergency = plan.response.emergencyCard ? emergencyCard(book, after) : null;
  if (emergency !== null) speeches.push(emergency);
  else speeches.push(...answer(book, after, plan));
  speeches.push(...aboutCase(book, after, plan));
  if (plan.response.showHelpline) ensureHelpline(book, after, speeches);
  if (plan.isFirst && !saysWhatItIs(plan)) introduce(book, after, speeches);
  return speeches.length > 0
    ? speeches
    : [withButtons(speakNotice(book, "nothing_to_do", after), [ownButton(book, after, "menu")])];
}

/** Before the answer, but never before the number to call now. */
function introduce(book: FlowBook, after: Conversation, speeches: Speech[]): void {
  const introduction = speakNotice(book, "introduction", after);
  if (speeches[0]?.tone === "emergency") speeches.push(introduction);
  else speeches.unshift(introduction);
}

function saysWhatItIs({ arrival }: ReplyPlan): boolean {
  return arrival?.at?.flow === "greeting" || arrival?.at?.flow === "bot_identity";
}

function emergencyCard(book: FlowBook, after: Conversation): Speech | null {
  if (after.risk.category === "none") return null;
  const { emergency } = book.safety[after.risk.category];
  return {
    text: voice(emergency.say, after),
    points: voicePoints(emergency.do, after),
    helplines: helplineCards(book, emergency.helplines, after),
    buttons: [],
    tone: "emergency",
  };
}

function answer(book: FlowBook, after: Conversation, plan: ReplyPlan): Speech[] {
  const { decision, arrival } = plan;
  if (decision.kind === "media") return answerMedia(book, after, plan);
  if (decision.kind === "clarify") return [clarify(book, after, decision.intents)];
  if (decision.kind === "lost") return [composeFallback(book, after)];
  if (decision.kind === "again") {
    const notice = speakNotice(book, decision.heard ? "heard_more" : "ask_again", after);
    return [notice, ...repeat(book, after, { at: decision.at, now: plan.now })];
  }
  if (decision.kind === "left") {
    const waysOn = [...resumeButton(book, after), ownButton(book, after, "start_over")];
    return [
      withButtons(speakNotice(book, "left_guide", after), [...waysOn, ...standingButtons(book, after)]),
    ];
  }
  const spoken = plan.acts.flatMap((act) => speakAct(book, after, act));
  if (arrival?.isElsewhere === true) spoken.push(speakNotice(book, "content_changed", after));
  return arrival?.at
    ? [...spoken, speakAt(book, after, { at: { ...arrival.at, asCard: isAsked(decision) }, now: plan.now })]
    : spoken;
}

function isAsked(decision: Decision): boolean {
  return decision.kind === "go" && decision.asCard === true;
}

/** A picture or voice note never answers a question: the question is asked again. */
function answerMedia(book: FlowBook, after: Conversation, { now }: ReplyPlan): Speech[] {
  const notice = speakNotice(book, "media_received", after);
  const step =
    after.cursor === null ? undefined : book.flows.get(after.cursor.flow)?.steps[after.cursor.step];
  return after.cursor !== null && step !== undefined && "ask" in step
    ? [notice, ...repeat(book, after, { at: after.cursor, now })]
    : [withButtons(notice, standingButtons(book, after))];
}

function repeat(book: FlowBook, after: Conversation, { at, now }: { at: FlowCursor; now: number }): Speech[] {
  const step = book.flows.get(at.flow)?.steps[at.step];
  if (step === undefined || !isSpoken(step)) return [];
  return [speakAt(book, after, { at: { flow: at.flow, name: at.step, step }, now })];
}

function speakAt(
  book: FlowBook,
  after: Conversation,
  { at, now }: { at: NonNullable<Arrival["at"]> & { asCard?: boolean }; now: number },
): Speech {
  const score = after.walk.slots["score"] ?? "0";
  const fillings = { score, tip: tipOfTheDay(book.tips, now, after) };
  const speech = withoutDoubleAsking(speakStep(book, { ...at, fillings }, after), after);
  return withWaysOn(book, after, { flow: at.flow, speech });
}

function clarify(book: FlowBook, after: Conversation, intents: readonly IntentId[]): Speech {
  const buttons = intents.flatMap((intent): Button[] => {
    const flow = book.flows.get(intent);
    return flow === undefined
      ? []
      : [{ label: flow.title[after.locale], value: encodeChoice({ kind: "flow", flow: intent }) }];
  });
  return withButtons({ ...speakNotice(book, "clarify", after), tone: "plain" }, [
    ...buttons,
    ownButton(book, after, "none_of_these"),
  ]);
}

const ACT_NOTICE: Partial<Readonly<Record<FlowAct, NoticeName>>> = {
  "speak-vietnamese": "language_vietnamese",
  "speak-english": "language_english",
  "erase-everything": "erased",
  "decline-counsellor": "handoff_declined",
};

function speakAct(book: FlowBook, after: Conversation, act: FlowAct): Speech[] {
  const usual = ACT_NOTICE[act];
  // Only there are messages of ours taken back, and only there must be said which stay.
  const name = usual === "erased" && after.channel === "telegram" ? "erased_telegram" : usual;
  if (name === undefined) return [];
  const speech = speakNotice(book, name, after);
  return [
    withButtons(
      speech,
      act === "decline-counsellor" ? standingButtons(book, after) : [ownButton(book, after, "menu")],
    ),
  ];
}

function aboutCase(book: FlowBook, after: Conversation, plan: ReplyPlan): Speech[] {
  const { change, response, acts } = plan;
  if (change.kind === "opened") {
    const name = change.handoff.cause === "person" ? "handoff_queued" : "handoff_queued_urgent";
    return [withButtons(speakOfWaiting(book, after, { name, plan }), [ownButton(book, after, "decline")])];
  }
  if (acts.includes("request-counsellor") && after.mode.kind === "waiting") {
    return [speakOfWaiting(book, after, { name: "handoff_already_waiting", plan })];
  }
  if (isOffered(acts, response)) {
    const buttons = [ownButton(book, after, "human"), ownButton(book, after, "decline")];
    return [withButtons(speakNotice(book, "handoff_offer", after), buttons)];
  }
  return [];
}

/** Told to somebody who is put in the queue between their messages. */
export function composeQueued(book: FlowBook, after: Conversation): Speech {
  const speech = withNumbers(book, after, speakNotice(book, "handoff_queued_urgent", after));
  return withButtons(speech, [ownButton(book, after, "decline")]);
}

/** With nobody there that is said, and with it who answers now; else how long others waited, where that is known. */
function speakOfWaiting(
  book: FlowBook,
  after: Conversation,
  { name, plan }: { readonly name: NoticeName; readonly plan: ReplyPlan },
): Speech {
  const { isAnybodyThere, waits } = plan.outlook;
  if (isAnybodyThere === false)
    return withNumbers(book, after, speakNotice(book, "handoff_nobody_now", after));
  const speech = withNumbers(book, after, speakNotice(book, name, after));
  const range = waits[isPressing(after.risk.level) ? "pressing" : "calm"];
  if (range === null) return speech;
  const ofLate = speakNotice(book, "handoff_wait_range", after).text;
  const sentence = ofLate.replaceAll("{from}", String(range.from)).replaceAll("{to}", String(range.to));
  return { ...speech, text: `${speech.text} ${sentence}` };
}

/** A person who has just answered the question is not asked it again in the same breath. */
export function isOffered(acts: readonly FlowAct[], response: RiskResponse): boolean {
  return response.offer && !acts.includes("request-counsellor") && !acts.includes("decline-counsellor");
}

function withButtons(speech: Speech, buttons: readonly Button[]): Speech {
  return { ...speech, buttons: [...speech.buttons, ...buttons] };
}

/** 111, and for grave danger of a known kind the number for it. */
function withNumbers(book: FlowBook, after: Conversation, speech: Speech): Speech {
  const { category, level } = after.risk;
  const { audience, lastTurnAt: now } = after;
  const picked = pickHelplines(book.helplines, { category, level, audience, now, limit: 2 });
  return {
    ...speech,
    helplines: helplineCards(
      book,
      picked.map(({ helpline }) => helpline.id),
      after,
    ),
  };
}

function ensureHelpline(book: FlowBook, listener: Listener, speeches: Speech[]): void {
  const shown = speeches.some((speech) => speech.helplines.some((card) => card.id === FIRST_NUMBER));
  const first = speeches[0];
  if (shown || first === undefined) return;
  speeches[0] = {
    ...first,
    helplines: [...first.helplines, ...helplineCards(book, [FIRST_NUMBER], listener)],
  };
}

/** What a person gets when a turn failed: never silence, always 111 and a way to a person. */
export function composeFallback(book: FlowBook, listener: Conversation): Speech {
  return withButtons(
    withNumbers(book, listener, speakNotice(book, "fallback", listener)),
    standingButtons(book, listener),
  );
}

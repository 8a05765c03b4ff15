import { describe, expect, it } from "@jest/globals";
import { type Conversation, openConversation } from "../../src/domain/conversation/conversation.ts";
import type { InboundContent } from "../../src/domain/conversation/message.ts";
import { takeTurn } from "../../src/domain/conversation/take-turn.ts";
import { isSpoken } from "../../src/domain/dialogue/flow.ts";
import { groupOf, type IntentId, INTENTS } from "../../src/domain/taxonomy/intent.ts";
import { aMessage, aRisk, aTurn, anUnderstanding, NOON } from "../support/builders.ts";
import { theFlowBook } from "../support/flow-book.ts";

const book = theFlowBook();

interface Walked {
  /** `flow/step` of every step that spoke. */
  readonly visited: ReadonlySet<string>;
  /** Steps after which nothing could be tapped, or no person could be reached within two taps. */
  readonly deadEnds: readonly string[];
}

type Opening = { readonly content: InboundContent; readonly intent?: IntentId };
const BY_BUTTONS: readonly Opening[] = [{ content: { kind: "choice", value: "f:help_menu" } }];
const BY_WORDS: readonly Opening[] = INTENTS.map((intent) => ({
  content: { kind: "text", text: "…" },
  intent,
}));

const slotNames = new Map([...book.flows].map(([id, { slots }]) => [id, Object.keys(slots ?? {})]));
const slotsOf = (value: string) => slotNames.get(value.slice(2).split("/")[0] ?? "") ?? [];

/** Taps every button of every answer, through the code of production. */
function walk(start: Conversation, openings: readonly Opening[], now: number): Walked {
  const visited = new Set<string>();
  const deadEnds: string[] = [];
  const seen = new Set<string>();
  const open = openings.map((opening) => ({ ...opening, from: start }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { content, intent = "greeting" } = next;
    const { channel } = next.from;
    const turn = aTurn({
      message: aMessage({ content, channel }),
      understanding: anUnderstanding({ intent }),
      now,
    });
    const { conversation, entries } = takeTurn(next.from, turn, book);
    const buttons = entries.flatMap(({ speech }) => speech?.buttons ?? []);
    const { cursor } = conversation;
    if (cursor !== null) visited.add(`${cursor.flow}/${cursor.step}`);
    // A flow that only acts ("a counsellor, please") leaves nobody standing in it.
    if (content.kind === "choice" && content.value.startsWith("f:"))
      visited.add(`${content.value.slice(2)}/`);
    if (buttons.length === 0) deadEnds.push(JSON.stringify(content));
    const { slots, returns } = conversation.walk;
    const { flow: caller = "", step: calledAt = "" } = returns.at(-1) ?? {};
    for (const { value } of buttons) {
      // Where a button leads depends on what was answered in its flow and on who called: it is tapped again then.
      const answered = slotsOf(value).map((slot) => slots[slot] ?? "");
      const key = `${value}|${answered.join()}|${value.startsWith("a:") ? "" : `${caller}/${calledAt}`}`;
      if (
        seen.has(key) ||
        value.startsWith("a:erase") ||
        value.startsWith("a:speak") ||
        value.startsWith("a:as-")
      )
        continue;
      seen.add(key);
      open.push({ content: { kind: "choice", value }, from: { ...conversation, mode: { kind: "bot" } } });
    }
  }
  return { visited, deadEnds };
}

const NIGHT = Date.UTC(2026, 10, 22, 18, 0);
const PLACES = [
  { now: NOON, channel: "web" },
  { now: NIGHT, channel: "zalo" },
] as const;
const RISKS = [aRisk("none"), aRisk("concern"), aRisk("urgent"), aRisk("emergency", "suicide_self_harm")];

function walkForEveryone(openings: readonly Opening[]): Walked {
  const visited = new Set<string>();
  const deadEnds: string[] = [];
  for (const audience of ["teen", "parent"] as const) {
    for (const risk of RISKS) {
      for (const { now, channel } of PLACES) {
        const start = { ...openConversation(aMessage({ channel })), lastSeq: 4, audience, risk };
        const walked = walk(start, openings, now);
        for (const step of walked.visited) visited.add(step);
        deadEnds.push(...walked.deadEnds);
      }
    }
  }
  return { visited, deadEnds };
}

describe("walking every flow", () => {
  const tapped = walkForEveryone(BY_BUTTONS);
  const told = walkForEveryone(BY_WORDS);

  it("finds no dead end", () => {
    expect([...tapped.deadEnds, ...told.deadEnds]).toEqual([]);
  });

  it("comes to every flow that can be chosen by buttons only", () => {
    // Small talk is answered when it is said; nobody looks for it in a list.
    const isSaidOnly = new Set([
      "greeting",
      "thanks",
      "goodbye",
      "affirm",
      "deny",
      "insult_bot",
      "small_talk",
      "out_of_scope",
    ]);
    const flows = new Set([...tapped.visited].map((step) => step.split("/")[0]));
    expect([...book.flows.keys()].filter((flow) => !isSaidOnly.has(flow) && !flows.has(flow))).toEqual([]);
  });

  it("comes to every step that speaks", () => {
    const missed = [...book.flows.values()].flatMap((flow) =>
      Object.entries(flow.steps)
        .filter(([, step]) => isSpoken(step))
        .map(([name]) => `${flow.flow}/${name}`)
        .filter((step) => !tapped.visited.has(step) && !told.visited.has(step)),
    );
    expect(missed).toEqual([]);
  });
});

describe("each intent, typed", () => {
  it.each(INTENTS)("%s is answered by its own words, for teens and parents, in both languages", (intent) => {
    const flow = book.flows.get(intent);
    for (const locale of ["vi", "en"] as const) {
      for (const audience of ["teen", "parent"] as const) {
        const before = { ...openConversation(aMessage()), lastSeq: 2, locale, localeChosen: true, audience };
        const turn = aTurn({
          message: aMessage({ content: { kind: "text", text: "…" } }),
          understanding: anUnderstanding({ intent, locale, audience }),
        });
        const { conversation, entries } = takeTurn(before, turn, book);
        const speeches = entries.flatMap(({ speech }) => speech ?? []);
        expect({ intent, spoke: speeches.some(({ text }) => text.length > 10) }).toEqual({
          intent,
          spoke: true,
        });
        const isAct = speeches.every(({ tone }) => tone === "notice");
        if (!isAct) expect(conversation.cursor?.flow).toBe(flow?.flow);
        // Somebody who tells of harm sees a number or a way to a person at once.
        if (groupOf(intent) === "harm" || groupOf(intent) === "wellbeing") {
          const ways = speeches.flatMap(({ helplines, buttons }) => [
            ...helplines.map(({ number }) => number),
            ...buttons.map(({ value }) => value),
          ]);
          expect(
            ways.some((way) => way === "111" || way === "a:request-counsellor" || way === "f:talk_to_human"),
          ).toBe(true);
        }
      }
    }
  });
});

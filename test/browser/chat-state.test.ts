import { describe, expect, it } from "@jest/globals";
import { splitText } from "../../src/browser/kit/split-text.ts";
import {
  awaitsBot,
  type ChatState,
  firstOpenSeq,
  learn,
  NOTHING_YET,
} from "../../src/browser/widget/chat-state.ts";
import type { WireEntry } from "../../src/wire/chat.ts";

const entry = (seq: number, from: WireEntry["from"], more: Partial<WireEntry> = {}): WireEntry => ({
  seq,
  at: seq,
  from,
  text: `${seq}`,
  points: [],
  helplines: [],
  buttons: [],
  tone: "plain",
  ...more,
});
const entries = (...list: WireEntry[]) =>
  ({ kind: "frame", frame: { t: "entries", entries: list } }) as const;
const sent = (id: string) => ({ kind: "queued", messages: [{ id, text: id, fate: "sending" }] }) as const;
const after = (...events: Parameters<typeof learn>[1][]): ChatState =>
  events.reduce(learn, { ...NOTHING_YET, line: "open" as const });

describe("what the page knows", () => {
  it("shows each number once and in order, however they arrive", () => {
    const state = after(
      entries(entry(2, "bot"), entry(1, "person")),
      entries(entry(2, "bot"), entry(3, "bot")),
      entries(entry(1, "person")),
    );
    expect(state.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("puts the server's entry in the place of its own copy", () => {
    const state = after(sent("a"), sent("b"), entries(entry(1, "person", { id: "a" }), entry(2, "bot")));
    expect(state.unsent.map(({ id }) => id)).toEqual(["b"]);
  });

  it("forgets on erasure what the server had, and keeps what it never had", () => {
    const state = after(
      entries(entry(1, "bot")),
      sent("had"),
      { kind: "frame", frame: { t: "accepted", id: "had" } },
      sent("had-not"),
      {
        kind: "frame",
        frame: { t: "erased" },
      },
    );
    expect(state.entries).toEqual([]);
    expect(state.unsent.map(({ id }) => id)).toEqual(["had-not"]);
  });

  it("waits for the bot from the moment of sending until it has spoken, never in a live talk or without a line", () => {
    expect(awaitsBot(after(sent("a")))).toBe(true);
    expect(awaitsBot(after(sent("a"), entries(entry(1, "person", { id: "a" }))))).toBe(true);
    expect(awaitsBot(after(sent("a"), entries(entry(1, "person", { id: "a" }), entry(2, "bot"))))).toBe(
      false,
    );
    expect(
      awaitsBot(after({ kind: "frame", frame: { t: "state", mode: "live", locale: "vi" } }, sent("a"))),
    ).toBe(false);
    expect(awaitsBot(after(sent("a"), { kind: "line", line: "lost" }))).toBe(false);
  });

  it("leaves only the newest buttons open, and none in a live talk", () => {
    const talk = [entry(1, "bot"), entry(2, "person"), entry(3, "bot"), entry(4, "bot")];
    expect(firstOpenSeq(after(entries(...talk)))).toBe(3);
    expect(firstOpenSeq(after(entries(...talk), sent("a")))).toBe(Number.POSITIVE_INFINITY);
    expect(
      firstOpenSeq(
        after(entries(...talk), { kind: "frame", frame: { t: "state", mode: "live", locale: "vi" } }),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("cutting a long text", () => {
  it.each([
    { what: "nothing of spaces", text: "   \n ", limit: 10, parts: [] },
    { what: "a short text", text: " một ", limit: 10, parts: ["một"] },
    {
      what: "at the end of a sentence",
      text: "Một hai. Ba bốn năm.",
      limit: 12,
      parts: ["Một hai.", "Ba bốn năm."],
    },
    {
      what: "at a space without one",
      text: "một hai ba bốn năm",
      limit: 10,
      parts: ["một hai", "ba bốn năm"],
    },
    { what: "anywhere without a space", text: "abcdefghijkl", limit: 5, parts: ["abcde", "fghij", "kl"] },
    { what: "never within an emoji", text: "abcd😀😀", limit: 5, parts: ["abcd", "😀😀"] },
  ])("$what", ({ text, limit, parts }) => {
    expect(splitText(text, limit)).toEqual(parts);
  });
});

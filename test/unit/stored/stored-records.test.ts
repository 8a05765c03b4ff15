import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { applyAct } from "../../../src/domain/conversation/apply-act.ts";
import { Conversation } from "../../../src/domain/conversation/conversation.ts";
import { createStoredReader } from "../../../src/domain/stored/create-stored-reader.ts";
import { mendConversation } from "../../../src/domain/stored/mend-conversation.ts";
import { mendHandoff } from "../../../src/domain/stored/mend-handoff.ts";
import { parseKeepingUnknown } from "../../../src/domain/stored/parse-keeping-unknown.ts";
import { readConversation } from "../../../src/domain/stored/read-conversation.ts";
import { readEntry } from "../../../src/domain/stored/read-entry.ts";
import { readHandoff } from "../../../src/domain/stored/read-handoff.ts";
import {
  aConversation,
  aHandoff,
  aRisk,
  aTurn,
  conversationId,
  handoffId,
  NOON,
} from "../../support/builders.ts";

/** As the first version wrote it, by hand. */
const FIRST_CONVERSATION = {
  schema: 1,
  id: "wold",
  channel: "web",
  revision: 7,
  lastSeq: 14,
  openedAt: NOON,
  lastTurnAt: NOON + 5,
  locale: "en",
  audience: "teen",
  mode: { kind: "waiting", handoffId: "case-old" },
  cursor: { flow: "scam", step: "start" },
  risk: { level: "urgent", category: "violence", signals: [] },
};

const FIRST_HANDOFF = {
  schema: 1,
  id: "case-old",
  conversationId: "wold",
  channel: "web",
  locale: "en",
  risk: { level: "urgent", category: "violence", signals: [] },
  status: "waiting",
  requestedAt: NOON,
};

describe("a conversation as an older version stored it", () => {
  it("is read with what came later filled in, and nothing of it changed", () => {
    const read = readConversation(FIRST_CONVERSATION);
    expect(read).toMatchObject({ kind: "read", value: FIRST_CONVERSATION });
    expect(read).toMatchObject({
      value: { erasures: 0, recent: [], openButtons: [], walk: { trail: [], slots: {} } },
    });
  });

  it("is read without a number too", () => {
    const { schema: _schema, ...bare } = FIRST_CONVERSATION;
    expect(readConversation(bare)).toMatchObject({ kind: "read", value: { schema: 1, revision: 7 } });
  });

  it("keeps its place in the queue: a case of the first version is read as well", () => {
    expect(readHandoff(FIRST_HANDOFF)).toMatchObject({
      kind: "read",
      value: { ...FIRST_HANDOFF, counsellorId: null, claimedAt: null, endedAt: null },
    });
  });
});

describe("a record that a newer version stored", () => {
  const newer = {
    ...aConversation({ revision: 3 }),
    schema: 2,
    mood: { since: NOON },
    walk: { contentRevision: "r", trail: [], returns: [], slots: {}, paused: null, depth: 4 },
    risk: {
      ...aRisk("urgent"),
      signals: aRisk("urgent").signals.map((signal) => ({ ...signal, weight: 0.5 })),
    },
  };

  it("is read, and keeps the fields that this version does not know, at every depth", () => {
    expect(readConversation(newer)).toEqual({ kind: "read", value: { ...newer, schema: 1 } });
  });

  it("loses them when the person has everything deleted: they may hold their words", () => {
    const read = readConversation(newer);
    if (read.kind !== "read") throw new Error(read.kind);
    expect(applyAct(read.value, "erase-everything", aTurn())).not.toHaveProperty("mood");
    expect(applyAct(read.value, "as-parent", aTurn())).toHaveProperty("mood", { since: NOON });
  });

  it("is left alone when it cannot be read: that is no damage", () => {
    expect(readConversation({ ...newer, mode: { kind: "video-call" } })).toEqual({
      kind: "newer",
      schema: 2,
    });
    expect(readConversation({ ...newer, schema: 1, mode: { kind: "video-call" } })).toEqual({
      kind: "malformed",
      at: ["mode.kind"],
    });
  });
});

describe("steps from version to version", () => {
  const read = createStoredReader({
    schema: z.strictObject({
      schema: z.literal(3),
      name: z.string(),
      ages: z.array(z.number()),
      city: z.string(),
    }),
    current: 3,
    upgrades: {
      1: ({ age, ...raw }) => ({ ages: age === undefined ? [] : [age], ...raw }),
      2: (raw) => ({ city: "", ...raw }),
    },
  });

  it("take a record through every step from where it stands", () => {
    expect(read({ name: "a", age: 3 })).toMatchObject({ value: { schema: 3, ages: [3], city: "" } });
    expect(read({ schema: 2, name: "a", ages: [1, 2] })).toMatchObject({ value: { ages: [1, 2], city: "" } });
    expect(read({ schema: 3, name: "a", ages: [], city: "Huế" })).toMatchObject({ value: { city: "Huế" } });
  });

  it("change nothing that is there already: an older version may have written over a newer record", () => {
    const written = { schema: 1, name: "a", ages: [9], city: "Huế" };
    expect(read(written)).toEqual({ kind: "read", value: { ...written, schema: 3 } });
  });

  it("never throw, whatever is stored", () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        expect(["read", "newer", "malformed"]).toContain(readConversation(raw).kind);
        expect(readEntry(raw, 3).entry.seq).toBe(3);
        expect(mendHandoff(raw, { id: handoffId("h"), of: null, now: 1 })?.id ?? null).not.toBe("");
        expect(Conversation.safeParse(mended({ raw })).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const mended = (over: Partial<Parameters<typeof mendConversation>[0]>) =>
  mendConversation({
    id: conversationId("wold"),
    raw: null,
    revision: 7,
    lastSeq: 14,
    openHandoff: null,
    now: NOON,
    ...over,
  });

describe("parsing with fields that nobody knows", () => {
  it("gives back exactly what was stored, wherever they are", () => {
    const extra = fc.dictionary(fc.stringMatching(/^x[a-z]{1,5}$/), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(extra, extra, extra, (outer, inner, listed) => {
        const raw = {
          ...outer,
          ...aConversation({ mode: { kind: "bot" } }),
          walk: { ...inner, contentRevision: "", trail: [], returns: [], slots: {}, paused: null },
          recent: [
            { text: "a", at: 1, ...listed },
            { text: "b", at: 2 },
          ],
        };
        const parsed = parseKeepingUnknown(Conversation, raw);
        expect(parsed).toEqual({ success: true, data: raw });
      }),
    );
  });

  it("says where a known field is wrong, and not what stood there", () => {
    const raw = { ...aConversation(), extra: 1, recent: [{ text: 5, at: 1 }] };
    expect(parseKeepingUnknown(Conversation, raw)).toEqual({ success: false, at: ["recent.0.text"] });
  });
});

describe("mending", () => {
  it("keeps the held risk, the language and the numbers, and begins the talk anew", () => {
    const raw = { ...FIRST_CONVERSATION, cursor: "nowhere", recent: "?" };
    expect(mended({ raw })).toMatchObject({
      revision: 8,
      lastSeq: 14,
      locale: "en",
      risk: { level: "urgent" },
      cursor: null,
      isMended: true,
    });
  });

  it("puts the person back where the open case says they are", () => {
    const waiting = aHandoff({ status: "waiting" });
    expect(mended({ openHandoff: waiting })).toMatchObject({
      mode: { kind: "waiting", handoffId: "case-1" },
      risk: waiting.risk,
    });
    const live = readHandoff({ ...aHandoff(), status: "live", counsellorId: "lan" });
    if (live.kind !== "read") throw new Error(live.kind);
    expect(mended({ openHandoff: live.value }).mode).toMatchObject({ kind: "live", counsellorId: "lan" });
    expect(mended({ openHandoff: aHandoff({ status: "resolved" }) }).mode).toEqual({ kind: "bot" });
  });

  it("knows the channel from the id when nothing else is left", () => {
    expect(mended({ id: conversationId("tabc") }).channel).toBe("telegram");
    expect(mended({ id: conversationId("zabc") }).channel).toBe("zalo");
  });

  it("makes a damaged case urgent and waiting rather than losing it", () => {
    const raw = { ...aHandoff(), risk: "?", status: "?", requestedAt: NOON - 1 };
    expect(mendHandoff(raw, { id: handoffId("case-1"), of: null, now: NOON })).toMatchObject({
      status: "waiting",
      risk: { level: "urgent" },
      requestedAt: NOON - 1,
    });
    expect(mendHandoff(null, { id: handoffId("case-1"), of: "wtest", now: NOON })).toMatchObject({
      conversationId: "wtest",
      status: "waiting",
    });
    expect(mendHandoff(null, { id: handoffId("case-1"), of: null, now: NOON })).toBeNull();
  });
});

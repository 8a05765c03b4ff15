import { afterEach, describe, expect, it } from "@jest/globals";
import { readEvent } from "../../../src/adapters/channels/zalo/read-event.ts";
import { encodeChoice } from "../../../src/domain/dialogue/choice.ts";
import { verifySignature } from "../../../src/adapters/channels/zalo/verify.ts";
import { aBot } from "../../support/a-bot.ts";
import { NOON } from "../../support/builders.ts";
import { eventually } from "../../support/eventually.ts";
import { aZalo } from "./messenger-bench.ts";

/** The hashes were made with sha256sum, not with our code. */
const BODY =
  '{"app_id":"1122334455","event_name":"user_send_text","sender":{"id":"501"},"recipient":{"id":"9988"},"message":{"msg_id":"m1","text":"em chào"},"timestamp":"1795323600000"}';
const BY_APP_ID = "4c112d7a6f3fb921c1f6e2ccc12619197c2eea781ec97dc8bb15b581a5a4bd14";
const BY_OA_ID = "f954d8d52ea9ab1b0759451c91514ebf5134cc8d02b30a5b965cd191654fff1c";
const RULE = { appId: "1122334455", oaSecret: "oa-secret", now: NOON };

describe("the signature of a Zalo webhook", () => {
  it.each([
    ["mac= and the app id", `mac=${BY_APP_ID}`, { kind: "genuine", term: "app-id" }],
    ["the hash alone", BY_APP_ID, { kind: "genuine", term: "app-id" }],
    ["capital letters", `mac=${BY_APP_ID.toUpperCase()}`, { kind: "genuine", term: "app-id" }],
    ["the account's id first", `mac=${BY_OA_ID}`, { kind: "genuine", term: "oa-id" }],
    ["another hash", `mac=${"0".repeat(64)}`, { kind: "wrong" }],
    ["half a hash", `mac=${BY_APP_ID.slice(0, 32)}`, { kind: "unsigned" }],
    ["nothing", undefined, { kind: "unsigned" }],
    ["an empty header", "", { kind: "unsigned" }],
  ])("with %s", (_name, header, verdict) => {
    expect(verifySignature(Buffer.from(BODY), header, RULE)).toEqual(verdict);
  });

  it("is over the bytes as they came: one changed space is a wrong one", () => {
    expect(verifySignature(Buffer.from(BODY.replace(":{", ": {")), `mac=${BY_APP_ID}`, RULE)).toEqual({
      kind: "wrong",
    });
    expect(verifySignature(Buffer.from(BODY.slice(0, -1)), `mac=${BY_APP_ID}`, RULE)).toEqual({
      kind: "unreadable",
    });
  });

  it("is wrong with another secret or for another app and account", () => {
    expect(verifySignature(Buffer.from(BODY), `mac=${BY_APP_ID}`, { ...RULE, oaSecret: "other" })).toEqual({
      kind: "wrong",
    });
    expect(verifySignature(Buffer.from(BODY), `mac=${BY_APP_ID}`, { ...RULE, appId: "1" })).toEqual({
      kind: "wrong",
    });
  });

  it.each([
    { hours: 0, kind: "genuine" },
    { hours: 1.9, kind: "genuine" },
    { hours: 2.1, kind: "replayed" },
    { hours: -0.1, kind: "genuine" },
    { hours: -1, kind: "replayed" },
  ])("is taken $hours hours later: $kind", ({ hours, kind }) => {
    expect(
      verifySignature(Buffer.from(BODY), `mac=${BY_APP_ID}`, { ...RULE, now: NOON + hours * 3600 * 1000 })
        .kind,
    ).toBe(kind);
  });
});

describe("what is read of a Zalo event", () => {
  const event = (name: string, over: object = {}) => ({
    app_id: "1",
    event_name: name,
    sender: { id: "501" },
    recipient: { id: "9" },
    timestamp: "1795323600000",
    ...over,
  });
  const parts = (raw: unknown) => {
    const heard = readEvent(raw);
    return heard.kind === "person" ? heard.parts.map(({ id, content }) => [id, content]) : heard.kind;
  };

  it("takes text, and a button's value with our prefix as a choice", () => {
    expect(parts(event("user_send_text", { message: { msg_id: "m1", text: "em chào" } }))).toEqual([
      ["zalo:m1", { kind: "text", text: "em chào" }],
    ]);
    expect(parts(event("user_send_text", { message: { msg_id: "m1", text: "#k:s:scam/first" } }))).toEqual([
      ["zalo:m1", { kind: "choice", value: "s:scam/first" }],
    ]);
  });

  it.each([
    { kind: "step", flow: "scam", step: "first" },
    { kind: "card", flow: "scam", step: "first" },
    { kind: "flow", flow: "scam" },
    { kind: "act", act: "request-counsellor" },
  ] as const)("takes a pressed button of every kind: $kind", (choice) => {
    const value = encodeChoice(choice);
    expect(parts(event("user_send_text", { message: { msg_id: "m1", text: `#k:${value}` } }))).toEqual([
      ["zalo:m1", { kind: "choice", value }],
    ]);
  });

  it("reads what only looks like a button as what it says", () => {
    const text = "#k:em muốn chết";
    expect(parts(event("user_send_text", { message: { msg_id: "m1", text } }))).toEqual([
      ["zalo:m1", { kind: "text", text }],
    ]);
  });

  it.each([
    ["user_send_image", "image"],
    ["user_send_gif", "image"],
    ["user_send_audio", "audio"],
    ["user_send_video", "video"],
    ["user_send_sticker", "sticker"],
    ["user_send_location", "location"],
    ["user_send_business_card", "contact"],
    ["user_send_file", "file"],
    ["user_send_hologram", "other"],
  ])("keeps of %s only its kind", (name, media) => {
    const message = {
      msg_id: "m1",
      attachments: [{ type: "x", payload: { url: "https://example.invalid/a" } }],
    };
    expect(parts(event(name, { message }))).toEqual([["zalo:m1", { kind: "unsupported", media }]]);
  });

  it("reads the words under a picture", () => {
    expect(parts(event("user_send_image", { message: { msg_id: "m1", text: "họ doạ em" } }))).toEqual([
      ["zalo:m1", { kind: "unsupported", media: "image" }],
      ["zalo:m1.2", { kind: "text", text: "họ doạ em" }],
    ]);
  });

  it("greets a new follower", () => {
    const follow = { app_id: "1", oa_id: "9", event_name: "follow", follower: { id: "501" }, timestamp: "7" };
    expect(parts(follow)).toEqual([["zalo:follow:7", { kind: "choice", value: "f:greeting" }]]);
  });

  it.each([
    ["unfollow", "nothing"],
    ["user_seen_message", "nothing"],
    ["user_received_message", "nothing"],
    ["oa_send_text", "nothing"],
    ["anonymous_send_text", "anonymous"],
    ["user_withdraw", "withdrawn"],
    ["user_send_text", "unreadable"],
  ])("an event %s without a message is %s", (name, kind) => {
    expect(parts(event(name))).toBe(kind);
  });

  it.each([[null], [[]], ["text"], [{ event_name: 1 }], [{ event_name: "user_send_text" }]])(
    "%j is unreadable",
    (raw) => {
      expect(parts(raw)).toBe("unreadable");
    },
  );
});

describe("the Zalo webhook", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  async function open(bot = aBot()) {
    const zalo = await aZalo(bot);
    closing.push(() => zalo.stop());
    return zalo;
  }

  it("erases everything when a person takes back their consent, and notes that it did", async () => {
    const zalo = await open();
    await zalo.says("501", "cứu em !urgent");
    await eventually(() => expect(zalo.heard("501").length).toBeGreaterThan(0));
    const { store } = zalo.bot;
    expect(await zalo.standIn.deliver(zalo.standIn.event("501", "user_withdraw", {}))).toBe(200);
    expect(await store.load(zalo.conversationOf("501"))).toBeNull();
    expect(await store.handoffs.open()).toHaveLength(0);
    expect((await store.audit.recent(1))[0]).toMatchObject({
      act: "conversation-erased",
      by: "person",
      detail: "withdrawn",
    });
  });

  it("asks Zalo to come again while the inbox is full, failing or slow, and then takes the message once", async () => {
    const { store: real } = aBot();
    const answers: ("full" | "broken" | "slow")[] = ["full", "broken", "slow"];
    const store = {
      ...real,
      enqueue: async (...args: Parameters<typeof real.enqueue>) => {
        const answer = answers.shift();
        if (answer === "full") return answer;
        if (answer === "broken") throw new Error("disk gone");
        if (answer === "slow") await new Promise((resolve) => setTimeout(resolve, 1800));
        return real.enqueue(...args);
      },
    };
    const zalo = await open(aBot({ store }));
    const event = zalo.standIn.event("501", "user_send_text", { message: { msg_id: "m9", text: "em chào" } });
    const statuses = [];
    for (let delivery = 0; delivery < 4; delivery++) statuses.push(await zalo.standIn.deliver(event));
    expect(statuses).toEqual([503, 503, 503, 200]);
    await eventually(() => expect(zalo.heard("501").length).toBeGreaterThan(0));
    const lines = await store.transcript(zalo.conversationOf("501"), { after: 0, limit: 50 });
    expect(lines.filter((line) => line.from === "person")).toHaveLength(1);
  });

  it("answers 200 to events that it leaves alone, stores nothing of them, and refuses a replay", async () => {
    const zalo = await open();
    const anonymous = zalo.standIn.event("777", "anonymous_send_text", {
      message: { msg_id: "1", text: "x", conversation_id: "c" },
    });
    expect(await zalo.standIn.deliver(anonymous)).toBe(200);
    expect(await zalo.bot.store.load(zalo.conversationOf("777"))).toBeNull();
    const old = zalo.standIn.event("778", "user_send_text", {
      message: { msg_id: "2", text: "x" },
      timestamp: String(NOON - 3 * 3600 * 1000),
    });
    expect(await zalo.standIn.deliver(old)).toBe(403);
    expect(
      await zalo.standIn.deliver(zalo.standIn.event("779", "user_seen_message", {}), {
        term: zalo.standIn.oaId,
      }),
    ).toBe(200);
    expect(zalo.bot.logged.join()).toContain('{"term":"oa-id"}');
  });
});

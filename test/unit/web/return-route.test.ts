import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHash, randomInt } from "node:crypto";
import { serveReturns } from "../../../src/adapters/channels/web/serve-returns.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createConversationIds } from "../../../src/adapters/system/ids.ts";
import { createReturnCodes } from "../../../src/app/create-return-codes.ts";
import type { CodeVault } from "../../../src/app/code-vault.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { CODE_WORDS } from "../../../src/domain/return-code/code-words.ts";
import { ReturnAnswer } from "../../../src/wire/chat.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { said } from "../../support/builders.ts";

const KEY = "r".repeat(22);
const idOf = createConversationIds(Buffer.alloc(32, 1));
/** The real one is slow on purpose, and tested where codes are made. */
const QUICK_VAULT: CodeVault = {
  derive: async (words) => ({
    lookup: createHash("sha256").update(words.join(" ")).digest("base64url"),
    seal: (text) => text,
    open: (box) => box,
  }),
  sign: (text) => createHash("sha256").update(text).digest("base64url"),
  pick: (below) => randomInt(below),
};
const wrong = (at: number) => CODE_WORDS.slice(at, at + 4).join(" ");

describe("the address of return codes", () => {
  let bot: ABot;
  let http: HttpServer;

  beforeEach(async () => {
    bot = aBot();
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log: bot.log,
      metrics: { ...bot.metrics, page: async () => "", contentType: "text/plain" },
      ready: async () => {},
    });
    serveReturns(http.app, {
      codes: createReturnCodes({ ...bot, vault: QUICK_VAULT, keepMs: 1000 * 60 * 60 }),
      clock: bot.clock,
      metrics: bot.metrics,
      conversationIdOf: (key) => idOf("web", key),
      isOwnOrigin: http.isOwnOrigin,
    });
  });
  afterEach(() => http.close());

  const post = (payload: unknown, headers: Record<string, string> = {}, remoteAddress = "10.0.0.1") =>
    http.app.inject({
      method: "POST",
      url: "/chat/return",
      headers: { "content-type": "application/json", ...headers },
      payload: JSON.stringify(payload),
      remoteAddress,
    });
  const ask = async (payload: unknown, from?: string): Promise<ReturnAnswer> =>
    ReturnAnswer.parse((await post(payload, {}, from)).json());
  const enter = (words: string, from?: string) => ask({ act: "enter", words }, from);

  it("goes from the offer over the keeping to the way back", async () => {
    await createInboundHandler(bot)(said("chào", { conversationId: idOf("web", KEY) }));
    const offer = await ask({ act: "offer", key: KEY });
    if (offer.kind !== "offered") throw new Error(offer.kind);
    const words = offer.words.join(" ");
    expect(await enter(words)).toEqual({ kind: "refused", reason: "unknown" });
    expect((await ask({ act: "keep", key: KEY, words, proof: offer.proof })).kind).toBe("kept");
    expect(await enter(words.toUpperCase())).toEqual({ kind: "found", key: KEY });
  });

  it("a slip of the finger costs no try", async () => {
    for (let each = 0; each < 30; each++)
      expect(await enter("con meo con")).toEqual({ kind: "refused", reason: "not-words" });
    expect(await enter(wrong(0))).toEqual({ kind: "refused", reason: "unknown" });
  });

  it("makes who guesses wait, longer each time, and nobody else", async () => {
    for (let each = 0; each < 5; each++) expect((await enter(wrong(each))).kind).toBe("refused");
    expect(await enter(wrong(9))).toEqual({ kind: "wait", seconds: 4 });
    bot.clock.advance(4000);
    expect((await enter(wrong(9))).kind).toBe("refused");
    expect(await enter(wrong(9))).toEqual({ kind: "wait", seconds: 8 });
    expect((await enter(wrong(9), "10.0.0.2")).kind).toBe("refused");
  }, 60_000);

  it("slows down all together when many addresses guess", async () => {
    const answers: string[] = [];
    for (let each = 0; each < 70; each++) answers.push((await enter(wrong(each), `10.1.0.${each}`)).kind);
    expect(answers.filter((kind) => kind === "refused")).toHaveLength(60);
    expect(answers.at(-1)).toBe("wait");
  }, 60_000);

  it("refuses a page of another origin, and a body that is none of ours", async () => {
    const foreign = await post({ act: "offer", key: KEY }, { origin: "https://evil.example" });
    expect(foreign.statusCode).toBe(403);
    expect((await post({ act: "open", key: KEY })).statusCode).toBe(400);
    expect(await ask({ act: "offer", key: KEY })).toEqual({ kind: "refused", reason: "nothing-to-keep" });
  });
});

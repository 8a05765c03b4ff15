import { afterEach, describe, expect, it } from "@jest/globals";
import { checkTelegram } from "../../../src/cli/channels/check-telegram.ts";
import { checkZalo } from "../../../src/cli/channels/check-zalo.ts";
import type { Finding } from "../../../src/cli/channels/finding.ts";
import { NOON } from "../../support/builders.ts";
import { TelegramStandIn } from "../../../src/cli/simulate/telegram-stand-in.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function aStandIn(): Promise<TelegramStandIn> {
  const standIn = await new TelegramStandIn().listen();
  closing.push(() => standIn.close());
  return standIn;
}

const SECRET = "a-secret-of-the-webhook";
const aWebhook = { secret: SECRET, publicUrl: "https://chat.example.org" };
const wrongs = (found: readonly Finding[]) =>
  found.filter(({ kind }) => kind === "wrong").map(({ text }) => text);

describe("checking Telegram", () => {
  const setUpOf = (standIn: TelegramStandIn, webhook: typeof aWebhook | null = null) => ({
    token: standIn.token,
    apiRoot: standIn.url,
    webhook,
  });

  it("finds nothing wrong where nothing is, and changes nothing", async () => {
    const standIn = await aStandIn();
    const found = await checkTelegram(setUpOf(standIn), false);
    expect(wrongs(found)).toEqual([]);
    expect(found[0]?.text).toContain("@ke_ben_bot");
    expect(standIn.calls).toEqual(["getMe", "getWebhookInfo"]);
  });

  it("sets the webhook and the menu only when told to", async () => {
    const standIn = await aStandIn();
    expect(wrongs(await checkTelegram(setUpOf(standIn, aWebhook), false))[0]).toMatch(/no webhook is set/);
    expect(standIn.webhook).toBeNull();
    expect(wrongs(await checkTelegram(setUpOf(standIn, aWebhook), true))).toEqual([]);
    expect(standIn.webhook).toEqual({ url: "https://chat.example.org/telegram/webhook", secret: SECRET });
    expect(standIn.calls.filter((call) => call === "setMyCommands")).toHaveLength(2);
  });

  it("says that another server is called, or that asking and calling are mixed", async () => {
    const standIn = await aStandIn();
    standIn.webhook = { url: "https://old.example.org/some/secret/path", secret: SECRET };
    const elsewhere = wrongs(await checkTelegram(setUpOf(standIn, aWebhook), false)).join();
    expect(elsewhere).toContain("old.example.org instead of chat.example.org");
    expect(elsewhere).not.toContain("/some/secret/path");
    expect(wrongs(await checkTelegram(setUpOf(standIn), false)).join()).toContain("would ask by itself");
  });

  it("repeats what Telegram says of a delivery that failed within the hour", async () => {
    const standIn = await aStandIn();
    const aMinuteAgo = Math.floor(Date.now() / 1000) - 60;
    standIn.lastError = { last_error_date: aMinuteAgo, last_error_message: "Connection refused" };
    expect(wrongs(await checkTelegram(setUpOf(standIn), false)).join()).toContain("Connection refused");
    standIn.lastError = { last_error_date: aMinuteAgo - 7200, last_error_message: "Connection refused" };
    expect(wrongs(await checkTelegram(setUpOf(standIn), false))).toEqual([]);
  });

  it.each([
    ["http://chat.example.org", /not https/],
    ["https://chat.example.org:3000", /port 3000/],
  ])("refuses the address %s, which Telegram never calls", async (publicUrl, why) => {
    const standIn = await aStandIn();
    const setUp = setUpOf(standIn, { secret: SECRET, publicUrl });
    expect(wrongs(await checkTelegram(setUp, false)).join()).toMatch(why);
  });

  it("tells a wrong token from a net that is down, and prints no token", async () => {
    const standIn = await aStandIn();
    const token = "999999:another-token-BBBBBBBBBBBBBB";
    const refused = await checkTelegram({ ...setUpOf(standIn), token }, false);
    expect(wrongs(refused).join()).toMatch(/does not know the token …BBBB/);
    const away = await checkTelegram({ ...setUpOf(standIn), token, apiRoot: "http://127.0.0.1:9" }, false);
    expect(wrongs(away).join()).toMatch(/cannot be reached/);
    expect(JSON.stringify([refused, away])).not.toContain("another-token");
  });
});

describe("checking Zalo", () => {
  const setUp = {
    appId: "1",
    oaSecret: "a-secret",
    accessToken: "an-access-token",
    publicUrl: "https://chat.example.org",
  };

  it("names the address to enter and prints no secret", () => {
    const found = checkZalo(setUp, NOON);
    expect(wrongs(found)).toEqual([]);
    expect(JSON.stringify(found)).toContain("https://chat.example.org/zalo/webhook");
    expect(JSON.stringify(found)).not.toMatch(/a-secret|an-access/);
  });

  it("says that a webhook needs an https address", () => {
    expect(wrongs(checkZalo({ ...setUp, publicUrl: undefined }, NOON)).join()).toMatch(
      /PUBLIC_URL is not set/,
    );
    expect(wrongs(checkZalo({ ...setUp, publicUrl: "http://x.example" }, NOON)).join()).toMatch(/not https/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const ANSWER = ".from-bot .bubble:not(.dots)";
const SOCKET = /\/chat\/socket/;
const polls = (asked: readonly string[]) => asked.filter((url) => url.endsWith("/chat/poll"));

async function write(page: Page, text: string): Promise<void> {
  await page.fill("#message", text);
  await page.keyboard.press("Enter");
}

describe("where no socket gets through", () => {
  let server: RunningServer;
  let browser: Browser;

  /** Most of what these talks take is waiting: they go on side by side, and each is judged by its own test. */
  let talks: Record<"refused" | "silent" | "down", Promise<void>>;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    talks = {
      refused: goOnOverRequests("refused", 8000),
      silent: goOnOverRequests("silent", 20_000),
      down: comeBack(),
    };
    for (const talk of Object.values(talks)) talk.catch(() => undefined);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  async function visit(block: "refused" | "silent") {
    const opened = await openPage(browser);
    await opened.page.routeWebSocket(SOCKET, (socket) => {
      if (block === "refused") void socket.close({ code: 1011 });
      // Silent: it opens, and what is said into it reaches nobody.
    });
    await opened.page.goto(`${server.base}/chat`);
    await opened.page.locator(".topics").waitFor();
    return opened;
  }

  async function goOnOverRequests(block: "refused" | "silent", withinMs: number): Promise<void> {
    const { page, asked, mistakes } = await visit(block);
    expect(polls(asked)).toEqual([]);
    await write(page, "em bị lừa tiền trên mạng");
    await page.locator(ANSWER).first().waitFor({ timeout: withinMs });
    expect(polls(asked).length).toBeGreaterThan(0);
    await page.locator(".status-bot").waitFor();
    const from = Date.now();
    await write(page, "em muốn nói chuyện với người thật");
    await page.getByText("Đang chờ tư vấn viên").waitFor({ timeout: 5000 });
    expect(Date.now() - from).toBeLessThan(5000);
    expect(await page.locator(".fate").count()).toBe(0);
    expect(mistakes).toEqual([]);
    // Nobody has written for a while: one request waits, none go round in circles.
    const before = polls(asked).length;
    await page.waitForTimeout(4000);
    expect(polls(asked).length - before).toBeLessThanOrEqual(2);
  }

  async function comeBack(): Promise<void> {
    const own = await startServer();
    const { page } = await openPage(browser);
    await page.routeWebSocket(SOCKET, (socket) => void socket.close({ code: 1011 }));
    await page.goto(`${own.base}/chat`);
    await write(page, "xin chào");
    await page.locator(ANSWER).first().waitFor({ timeout: 15_000 });
    await own.crash();
    await write(page, "em vẫn viết được");
    await page.locator(".fate-kept").waitFor({ timeout: 15_000 });
    await own.restart();
    await page
      .locator(".entry:not(.fate-kept):not(.fate-sending)", { hasText: "em vẫn viết được" })
      .waitFor({ timeout: 40_000 });
    expect(await page.locator(".text", { hasText: "em vẫn viết được" }).count()).toBe(1);
    await own.remove();
  }

  it.each(["refused", "silent"] as const)(
    "with sockets %s the talk goes on by itself over plain requests",
    (block) => talks[block],
    90_000,
  );

  it(
    "a message written while the server is down goes out once it is back, and once only",
    () => talks.down,
    180_000,
  );

  it("deleting everything empties the page over this way too, and a reload finds the same", async () => {
    const { page } = await visit("refused");
    await write(page, "em bị bắt nạt trên mạng");
    await page.locator(ANSWER).first().waitFor({ timeout: 15_000 });
    await page.click("#help-button");
    await page.getByText("Xóa hết cuộc trò chuyện này").click();
    await page.locator(".choices button:not(:disabled)", { hasText: /xóa/i }).first().click();
    await page.getByText("Mình đã xóa toàn bộ").waitFor();
    expect(await page.getByText("em bị bắt nạt trên mạng").count()).toBe(0);
    await page.reload();
    await page.getByText("Mình đã xóa toàn bộ").waitFor({ timeout: 15_000 });
    expect(await page.locator(".from-person").count()).toBe(0);
  }, 90_000);

  it("where sockets work, no plain request is made", async () => {
    const { page, asked } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await write(page, "em bị lừa tiền trên mạng");
    await page.locator(ANSWER).first().waitFor();
    expect(polls(asked)).toEqual([]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const ANSWER = ".from-bot .bubble:not(.dots)";
const stored = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));

describe("coming back by a code of words", () => {
  let server: RunningServer;
  let browser: Browser;
  let code = "";

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  async function enter(page: Page, words: string): Promise<void> {
    await page.goto(`${server.base}/chat`);
    await page.click("text=Mình có mã quay lại");
    await page.fill("#code", words);
    await page.keyboard.press("Enter");
  }

  it("a code is shown only when asked for, and nothing of it stays in the tab", async () => {
    const { page, asked, mistakes } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.fill("#message", "em bị lừa tiền trên mạng");
    await page.keyboard.press("Enter");
    await page.locator(ANSWER).first().waitFor();
    expect(asked.filter((url) => url.endsWith("/chat/return"))).toEqual([]);
    await page.click("#help-button");
    await page.click("text=Lưu mã để quay lại");
    expect(await axeFindings(page)).toEqual([]);
    await page.click("text=Cho mình mã");
    await page.locator(".code li").nth(3).waitFor();
    code = (await page.locator(".code li").allInnerTexts()).join(" ");
    expect(code.split(" ")).toHaveLength(8);
    expect(await axeFindings(page)).toEqual([]);
    const early = await openPage(browser);
    await enter(early.page, code);
    await early.page.getByText("Không tìm thấy mã này").waitFor();
    await page.click("text=Mình đã chép xong");
    await page.getByText(/Đã lưu\. Mã dùng được đến ngày/).waitFor();
    expect(await stored(page)).not.toContain(code.split(" ").slice(0, 2).join(" "));
    expect(mistakes).toEqual([]);
  }, 60_000);

  it("entered on another device it brings the same talk, and both pages go on with it", async () => {
    const { page, mistakes } = await openPage(browser, {
      viewport: { width: 320, height: 640 },
      colorScheme: "dark",
    });
    await enter(page, code.toUpperCase().replaceAll(" ", ", "));
    await page.locator(".from-person", { hasText: "em bị lừa tiền trên mạng" }).waitFor();
    await page.locator(ANSWER).first().waitFor();
    await page.fill("#message", "em đây");
    await page.keyboard.press("Enter");
    await page.locator(".from-person:not([class*='fate-'])", { hasText: "em đây" }).waitFor();
    expect(mistakes).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  }, 60_000);

  it("says kindly when it is no code, and nothing is stored then", async () => {
    const { page } = await openPage(browser);
    await enter(page, "con mèo hoa sen");
    await page.getByText("Mã này chưa đúng").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await enter(page, "con meo con ga con vit con trau");
    await page.getByText("Không tìm thấy mã này").waitFor();
    expect(await stored(page)).toBe("{}");
  }, 60_000);

  it("dies with the talk when the person deletes everything", async () => {
    const { page } = await openPage(browser);
    await enter(page, code);
    await page.locator(".from-person").first().waitFor();
    await page.click("#help-button");
    await page.getByText("Xóa hết cuộc trò chuyện này").click();
    await page.locator(".choices button:not(:disabled)", { hasText: /xóa/i }).first().click();
    await page.getByText("Mình đã xóa toàn bộ").waitFor();
    const again = await openPage(browser);
    await enter(again.page, code);
    await again.page.getByText("Không tìm thấy mã này").waitFor();
  }, 60_000);
});

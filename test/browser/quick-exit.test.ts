import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, chatFrameOf, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const ELSEWHERE = /google\.com\/search\?q=thoi/;
const ANSWER = ".from-bot .bubble:not(.dots)";

async function pressShift(page: Page, times: number): Promise<void> {
  for (let press = 0; press < times; press++) await page.keyboard.press("Shift");
}

describe("the ways out", () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it.each(["/chat", "/", "/thoat-nhanh"])(
    "on %s the first press of Tab shows the exit, and Enter takes it",
    async (path) => {
      const { page } = await openPage(browser);
      await page.goto(server.base + path);
      await page.waitForLoadState("networkidle");
      const link = page.locator(".exit-first");
      const isSeen = () => link.evaluate((element) => getComputedStyle(element).clipPath === "none");
      expect(await isSeen()).toBe(false);
      await page.keyboard.press("Tab");
      expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await isSeen()).toBe(true);
      expect((await link.innerText()).trim()).toBe("Thoát nhanh");
      await page.keyboard.press("Enter");
      await page.waitForURL(ELSEWHERE);
    },
    60_000,
  );

  it("the first link blanks the page with the network down, wipes the tab, and Back shows nothing", async () => {
    const { page } = await openPage(browser);
    await page.goto("about:blank");
    await page.goto(`${server.base}/chat`);
    await page.fill("#message", "em bị bắt nạt");
    await page.keyboard.press("Enter");
    await page.locator(ANSWER).first().waitFor();
    await page.context().setOffline(true);
    await page.evaluate(() => document.getElementById("exit-first")?.focus());
    // Asked in the same breath as the press: nothing may be left to see by then.
    const left = await page.evaluate(() => {
      document.getElementById("exit-first")?.click();
      return [document.body.innerText.trim(), document.title.trim(), sessionStorage.length];
    });
    expect(left).toEqual(["", "", 0]);
    await page.context().setOffline(false);
    await page.waitForURL(ELSEWHERE);
    await page.goBack();
    expect(page.url()).toBe("about:blank");
  }, 60_000);

  it("two presses of Shift say in words that one more leaves; any other key takes it back", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.locator(".topics").waitFor();
    const news = page.locator("#exit-news");
    await pressShift(page, 2);
    expect(await news.innerText()).toBe("Nhấn Shift một lần nữa để thoát");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("a");
    expect(await news.innerText()).toBe("");
    await pressShift(page, 2);
    expect(page.url()).toContain("/chat");
    await pressShift(page, 1);
    await page.waitForURL(ELSEWHERE);
  }, 60_000);

  it.each([
    { width: 320, height: 500 },
    { width: 1280, height: 800 },
  ])(
    "the button never leaves the screen of $width × $height, however far one reads",
    async (viewport) => {
      const { page } = await openPage(browser, { viewport });
      await page.goto(`${server.base}/chat`);
      await page.fill("#message", "em bị lừa tiền trên mạng");
      await page.keyboard.press("Enter");
      await page.locator(ANSWER).first().waitFor();
      await page.click("#help-button");
      await page.locator(".trace").waitFor();
      for (const part of [".trace", ".panel > :last-child", ".panel > :first-child"]) {
        await page.evaluate((selector) => document.querySelector(selector)?.scrollIntoView(), part);
        const box = await page.locator(".head .exit").boundingBox();
        expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
      }
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(viewport.height);
    },
    60_000,
  );

  it("capital letters never leave the page", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.locator("#message").click();
    for (const key of ["Shift+E", "Shift+M", "Shift+O", "Shift+I"]) await page.keyboard.press(key);
    expect(await page.inputValue("#message")).toBe("EMOI");
    expect(page.url()).toContain("/chat");
  }, 60_000);

  it("there is a way out before any script has come, and without one", async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(`${server.base}/chat`);
    await page.click(".still .exit");
    await page.waitForURL(ELSEWHERE);
  }, 60_000);

  it("from page to page of ours, no step stays in the history", async () => {
    const { page } = await openPage(browser);
    await page.goto("about:blank");
    await page.goto(server.base);
    await page.click("main:not([hidden]) a[href='/thoat-nhanh']");
    await page.waitForURL(/thoat-nhanh/);
    await page.click("main:not([hidden]) a[href='/chat']");
    await page.locator(".topics").waitFor();
    await page.click(".head .exit");
    await page.waitForURL(ELSEWHERE);
    await page.goBack();
    expect(page.url()).toBe("about:blank");
  }, 60_000);

  it.each([
    { width: 320, colorScheme: "light", language: "Tiếng Việt" },
    { width: 390, colorScheme: "dark", language: "English" },
    { width: 1280, colorScheme: "light", language: "English" },
  ] as const)(
    "the page that explains it is readable for everyone at $width px, $colorScheme, $language",
    async ({ width, colorScheme, language }) => {
      const { page, asked, mistakes } = await openPage(browser, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      await page.goto(`${server.base}/thoat-nhanh`);
      await page.click(`text=${language}`);
      for (const summary of await page.locator("main:not([hidden]) summary").all()) await summary.click();
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await page.title()).toBe("Ghi chú");
      expect(asked.filter((url) => !url.startsWith(server.base))).toEqual([]);
      expect(mistakes).toEqual([]);
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      expect(await page.locator(".bar .exit").isVisible()).toBe(true);
      await page.click(".bar .exit");
      await page.waitForURL(ELSEWHERE);
    },
    60_000,
  );

  it("an exit of the demo page wipes the chat that is open on it", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(server.base);
    await page.click("text=Bắt đầu trò chuyện");
    const chat = await chatFrameOf(page);
    await chat.fill("#message", "em bị lừa");
    await chat.press("#message", "Enter");
    await chat.locator(ANSWER).first().waitFor();
    await page.click(".bar .exit");
    await page.waitForURL(ELSEWHERE);
    await page.goto(`${server.base}/chat`);
    await page.locator(".topics").waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  }, 60_000);
});

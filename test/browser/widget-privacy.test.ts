import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const stored = (page: Page) =>
  page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie.length]);

/** Milliseconds from the act until nothing of the page can be seen any more, measured inside the page. */
async function blankAfter(page: Page, act: () => Promise<void>): Promise<number> {
  const blank = new Promise<number>((resolve) => void page.exposeFunction("reportBlank", resolve));
  await page.evaluate(() => {
    let from: number | null = null;
    for (const name of ["click", "keydown"]) {
      document.addEventListener(name, (event) => (from = event.timeStamp), true);
    }
    const look = () => {
      const isBlank = from !== null && document.body.innerText.trim() === "";
      const report: unknown = Reflect.get(window, "reportBlank");
      if (isBlank && typeof report === "function")
        Reflect.apply(report, null, [performance.now() - (from ?? 0)]);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await act();
  return blank;
}

describe("what the chat leaves on a device", () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("stores nothing, sets no cookie and opens no socket before the first message, and asks no other host ever", async () => {
    const { page, asked, mistakes } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.locator(".topics").waitFor();
    await page.click("text=Phụ huynh, thầy cô");
    await page.click("text=EN");
    await page.click("text=VI");
    await page.click("#help-button");
    await page.click("#help-button");
    await page.fill("#message", "chưa gửi đâu");
    expect(await stored(page)).toEqual([0, 0, 0]);
    expect(await page.context().cookies()).toEqual([]);
    expect(asked.filter((url) => url.startsWith("ws"))).toEqual([]);
    await page.fill("#message", "");
    await page.click(".topics button");
    await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
    expect((await stored(page))[0]).toBeGreaterThan(0);
    expect((await stored(page)).slice(1)).toEqual([0, 0]);
    expect(await page.context().cookies()).toEqual([]);
    expect(asked.filter((url) => new URL(url).host !== new URL(server.base).host)).toEqual([]);
    expect(mistakes).toEqual([]);
    expect(await page.title()).toBe("Ghi chú");
  }, 60_000);

  it.each(["button", "three presses of Shift"])(
    "the exit (%s) blanks the screen within 100 ms with the network down, and Back shows nothing",
    async (way) => {
      const { page, asked } = await openPage(browser);
      await page.goto("about:blank");
      await page.goto(`${server.base}/chat`);
      await page.fill("#message", "em bị bắt nạt");
      await page.keyboard.press("Enter");
      await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
      await page.context().setOffline(true);
      const ms = await blankAfter(page, async () => {
        if (way === "button") await page.click(".exit");
        else for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
      });
      expect(ms).toBeLessThanOrEqual(100);
      await page.context().setOffline(false);
      await page.waitForURL(/google\.com\/search\?q=thoi/);
      expect(asked.at(-1)).toMatch(/^https:\/\/www\.google\.com\//);
      await page.goBack();
      expect(page.url()).toBe("about:blank");
      await page.goto(`${server.base}/chat`);
      await page.locator(".topics").waitFor();
      expect(await stored(page)).toEqual([0, 0, 0]);
    },
    60_000,
  );

  it("the numbers are there with the server down and the network gone, also in the middle of a talk", async () => {
    const own = await startServer();
    const { page } = await openPage(browser);
    await page.goto(`${own.base}/chat`);
    await page.fill("#message", "xin chào");
    await page.keyboard.press("Enter");
    await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
    await own.crash();
    await page.context().setOffline(true);
    await page.locator(".status-lost").waitFor();
    await page.click("#help-button");
    expect(
      await page
        .locator("#help a[href^='tel:']")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    ).toEqual(expect.arrayContaining(["tel:111", "tel:113", "tel:115", "tel:0963061414"]));
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.fill("#message", "em vẫn viết được");
    await page.keyboard.press("Enter");
    await page.getByText("Chưa gửi được, sẽ tự gửi lại").waitFor();
    await page.context().setOffline(false);
    await own.restart();
    await page
      .locator(".entry:not(.fate-kept):not(.fate-sending)", { hasText: "em vẫn viết được" })
      .waitFor({ timeout: 30_000 });
    expect(await page.locator(".text", { hasText: "em vẫn viết được" }).count()).toBe(1);
    await own.remove();
  }, 180_000);

  it("deleting everything empties the page, and what is said afterwards stands alone", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.fill("#message", "em bị bắt nạt trên mạng");
    await page.keyboard.press("Enter");
    await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
    await page.click("#help-button");
    await page.getByText("Xóa hết cuộc trò chuyện này").click();
    await page.locator(".choices button:not(:disabled)", { hasText: /xóa/i }).first().click();
    await page.getByText("Mình đã xóa toàn bộ").waitFor();
    expect(await page.getByText("em bị bắt nạt trên mạng").count()).toBe(0);
    expect(await page.locator(".from-person").count()).toBe(0);
    await page.reload();
    await page.getByText("Mình đã xóa toàn bộ").waitFor();
    expect(await page.locator(".from-person").count()).toBe(0);
  }, 60_000);

  it("a text of 9,000 letters arrives whole, in order and once, cut at the ends of sentences", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    const text = Array.from({ length: 300 }, (_none, at) => `Câu số ${at} kể chuyện ở lớp.`).join(" ");
    await page.fill("#message", text);
    await page.keyboard.press("Enter");
    await page.locator(".log > .from-person:not([class*='fate-']) >> nth=2").waitFor({ timeout: 30_000 });
    const parts = await page.locator(".from-person .text").allInnerTexts();
    expect(parts.join(" ")).toBe(text);
    expect(parts.every((part) => part.length <= 4000 && part.endsWith("."))).toBe(true);
  }, 60_000);

  it("three short messages in a row are answered once, and all three stand there", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    const pieces = ["em muốn hỏi", "về cách", "đặt mật khẩu"];
    for (const piece of pieces) {
      await page.fill("#message", piece);
      await page.keyboard.press("Enter");
    }
    await page.locator(".from-bot .bubble:not(.dots)").nth(1).waitFor();
    await page.waitForTimeout(2500);
    const speakers = await page
      .locator(".log > .entry")
      .evaluateAll((lines) =>
        lines.map((line) => (line.classList.contains("from-person") ? "person" : "bot")),
      );
    expect(speakers.join(" ")).toMatch(/^person person person( bot)+$/);
    expect(await page.locator(".from-person .text").allInnerTexts()).toEqual(pieces);
    expect(await page.locator(".fate").count()).toBe(0);
  }, 60_000);

  it("Enter while a letter is still being composed does not send; Shift and Enter makes a new line", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.base}/chat`);
    await page.locator("#message").dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await page.fill("#message", "một");
    await page.locator("#message").dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("hai");
    expect(await page.inputValue("#message")).toBe("một\nhai");
    expect(await page.locator(".from-person").count()).toBe(0);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { axeFindings, chatFrameOf, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

describe("the demo page", () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it.each([
    { width: 320, colorScheme: "light", language: "Tiếng Việt" },
    { width: 320, colorScheme: "dark", language: "English" },
    { width: 1280, colorScheme: "light", language: "English" },
    { width: 1280, colorScheme: "dark", language: "Tiếng Việt" },
  ] as const)(
    "is readable for everyone at $width px, $colorScheme, $language, and asks nobody else for anything",
    async (look) => {
      const { width, colorScheme, language } = look;
      const { page, asked, mistakes } = await openPage(browser, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      await page.goto(server.base);
      await page.click(`text=${language}`);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(asked.filter((url) => !url.startsWith(server.base))).toEqual([]);
      expect(asked.filter((url) => url.endsWith("/chat.js"))).toEqual([]);
      expect(mistakes).toEqual([]);
    },
    60_000,
  );

  it("opens the chat in its own language from the big button", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(server.base);
    await page.click("text=English");
    await page.click("text=Start talking");
    expect(page.url()).toBe(`${server.base}/`);
    const chat = await chatFrameOf(page);
    await chat.getByText("Hello, I am here.").waitFor();
    expect(await chat.locator("html").getAttribute("lang")).toBe("en");
  }, 60_000);

  it("the numbers for everybody are readable in both languages, on a phone, in the dark, and keep silent about few", async () => {
    const { page } = await openPage(browser, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    await page.goto(`${server.base}/about/numbers`);
    await page.getByText("ít hơn 10").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByText("English").click();
    await page.getByText("fewer than 10").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    await page.close();
  });
});

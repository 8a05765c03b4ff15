import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { axeFindings, buttonNames, chatFrameOf, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

/** A page of another origin that does everything a careless page can do to what is put into it. */
const HOSTILE = `<!doctype html><html lang="vi"><head><title>Trường học</title><link rel="stylesheet" href="/hostile.css"></head>
<body><main><h1>Trường học</h1><p>Nội dung của trang</p><a href="#x">một liên kết</a></main><script async data-color="#f5d90a" data-label="Hỏi chuyện riêng" SRC></script></body></html>`;
const HOSTILE_CSS = `:root{--fill:#fff;--on:#fff;--ink:#fff} * { color: red !important; font-size: 3px !important; } div, button, iframe, body > div { transform: scale(.1); filter: blur(9px); }`;

describe("the chat on a page of another site", () => {
  let server: RunningServer;
  let browser: Browser;
  let site: Server;
  let siteUrl: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    const policy = `default-src 'none'; style-src 'self'; script-src ${server.base}; frame-src ${server.base}`;
    site = createServer((request, response) => {
      if (request.url === "/hostile.css")
        return void response.writeHead(200, { "content-type": "text/css" }).end(HOSTILE_CSS);
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
      });
      response.end(HOSTILE.replace("SRC", `src="${server.base}/widget.js"`));
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    site?.close();
  });

  async function visit(size = { width: 1280, height: 800 }) {
    const opened = await openPage(browser, { viewport: size });
    await opened.page.goto(siteUrl);
    await opened.page.waitForFunction(() => document.body.lastElementChild?.tagName === "DIV");
    return opened;
  }

  it("loads one script and nothing else before the button is pressed, whatever the policy and the style of the page", async () => {
    const { page, asked, mistakes } = await visit();
    expect(asked.filter((url) => url.startsWith(server.base))).toEqual([`${server.base}/widget.js`]);
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([
      0,
      0,
      "",
    ]);
    expect(mistakes).toEqual([]);
    expect(await buttonNames(page)).toEqual(["Hỏi chuyện riêng"]);
  }, 60_000);

  it("opens by the keyboard alone, answers, and Escape gives the focus back", async () => {
    const { page, mistakes } = await visit();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const frame = await chatFrameOf(page);
    expect(await axeFindings(frame)).toEqual([]);
    await frame.fill("#message", "em bị bắt nạt trên mạng");
    await page.keyboard.press("Enter");
    await frame.locator(".from-bot .bubble:not(.dots)").first().waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.tagName === "DIV");
    expect(mistakes).toEqual([]);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  }, 60_000);

  it("on a phone it covers the screen and the page behind is out of reach", async () => {
    const { page } = await visit({ width: 360, height: 640 });
    await page.mouse.click(300, 600);
    const frame = await chatFrameOf(page);
    expect(await frame.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([360, 640]);
    expect(await page.locator("main").getAttribute("inert")).toBe("");
    await frame.click("[aria-label='Đóng khung trò chuyện']");
    await page.waitForFunction(() => !document.querySelector("main")?.hasAttribute("inert"));
  }, 60_000);

  it.each(["frame", "page"])(
    "three presses of Shift in the %s blank the whole page and leave it",
    async (place) => {
      const { page } = await visit();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const frame = await chatFrameOf(page);
      await frame.fill("#message", "em bị lừa tiền");
      await page.keyboard.press("Enter");
      await frame.locator(".from-bot .bubble:not(.dots)").first().waitFor();
      if (place === "page") await page.locator("h1").click();
      for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
      await page.waitForURL(/google\.com/);
      // The tab's storage of the chat's own origin was wiped before the page went.
      await page.goto(siteUrl);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const again = await chatFrameOf(page);
      await again.locator(".topics").waitFor();
      expect(await again.evaluate(() => sessionStorage.length)).toBe(0);
    },
    60_000,
  );
});

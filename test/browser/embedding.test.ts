import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Frame } from "playwright-core";
import { axeFindings, buttonNames, chatFrameOf, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

/** A page of another origin that does everything a careless page can do to what is put into it. */
const HOSTILE = `<!doctype html><html lang="vi"><head><title>Trường học</title><link rel="stylesheet" href="/hostile.css"></head>
<body><main><h1>Trường học</h1><p>Nội dung của trang</p><a href="#x">một liên kết</a></main><script async data-color="#f5d90a" data-label="Hỏi chuyện riêng" SRC></script></body></html>`;
const HOSTILE_CSS = `:root{--fill:#fff;--on:#fff;--ink:#fff} * { color: red !important; font-size: 3px !important; } div, button, iframe, body > div { transform: scale(.1); filter: blur(9px); }`;

const USE_MODULE = `
import { mount } from "BASE/ke-ben.js";
const chat = mount(document.querySelector("#here"), { label: "Hỏi riêng" });
document.addEventListener("say-english", () => chat.update({ locale: "en", label: "Ask in private" }));
document.addEventListener("open-chat", () => chat.open());
document.addEventListener("remove-chat", () => chat.remove());
`;

describe("the chat on a page of another site", () => {
  let server: RunningServer;
  let browser: Browser;
  let site: Server;
  let siteUrl: string;
  let bodyOfSite = "";

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    const policy = `default-src 'none'; style-src 'self'; script-src 'self' ${server.base}; frame-src ${server.base}`;
    site = createServer((request, response) => {
      if (request.url === "/use-module.js")
        return void response
          .writeHead(200, { "content-type": "text/javascript" })
          .end(USE_MODULE.replaceAll("BASE", server.base));
      if (request.url === "/hostile.css")
        return void response.writeHead(200, { "content-type": "text/css" }).end(HOSTILE_CSS);
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
      });
      if (request.url === "/own")
        return void response.end(
          `<!doctype html><html lang="vi"><title>Trường học</title><body>${bodyOfSite}`,
        );
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

  /** A page of the site with a body of its own; the same policy. */
  async function visitPage(body: string, size = { width: 1280, height: 800 }) {
    const opened = await openPage(browser, { viewport: size });
    bodyOfSite = body;
    await opened.page.goto(`${siteUrl}own`);
    return opened;
  }
  const integrityOf = (file: string) => {
    const hashes: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, "..", "..", "dist", "browser", "integrity.json"), "utf8"),
    );
    return String(Reflect.get(Object(hashes), file));
  };
  const answer = async (frame: Frame) => {
    await frame.fill("#message", "em bị bắt nạt trên mạng");
    await frame.press("#message", "Enter");
    await frame.locator(".from-bot .bubble:not(.dots)").first().waitFor();
  };

  it.each([
    { width: 1280, height: 800 },
    { width: 360, height: 640 },
  ])(
    "stands inside the page where it is told to, at $width px, and loads nothing before the tap",
    async (size) => {
      const script = `<script async src="${server.base}/widget.js" data-inline="#here" data-locale="en"></script>`;
      const { page, asked, mistakes } = await visitPage(
        `${script}<main><h1>Trường</h1><p>Trước</p><div id="here"></div><p id="after">Sau</p></main>`,
        size,
      );
      await page.waitForFunction(() => document.querySelector("#here")?.childElementCount === 1);
      expect(asked.filter((url) => url.startsWith(server.base))).toEqual([`${server.base}/widget.js`]);
      expect(await buttonNames(page)).toEqual(["Need to talk?"]);
      await page.locator("#here > div").click();
      const frame = await chatFrameOf(page);
      await frame.getByText("Hello, I am here.").waitFor();
      await answer(frame);
      const place = await page.locator("#here").boundingBox();
      const after = await page.locator("#after").boundingBox();
      expect(place?.height ?? 0).toBeGreaterThan(400);
      // The page goes on below the chat, and none of it is put out of reach.
      expect(after?.y ?? 0).toBeGreaterThanOrEqual((place?.y ?? 0) + (place?.height ?? 0));
      expect(await page.locator("main").getAttribute("inert")).toBeNull();
      expect(mistakes).toEqual([]);
    },
    60_000,
  );

  it("is a module too: mounted, told another language, opened, removed", async () => {
    const { page, mistakes } = await visitPage(
      `<main><h1>Trường</h1><div id="here"></div></main><script type="module" src="/use-module.js"></script>`,
    );
    await page.waitForFunction(() => document.querySelector("#here")?.childElementCount === 1);
    expect(await buttonNames(page)).toEqual(["Hỏi riêng"]);
    await page.evaluate(() => document.dispatchEvent(new Event("say-english")));
    expect(await buttonNames(page)).toEqual(["Ask in private"]);
    await page.evaluate(() => document.dispatchEvent(new Event("open-chat")));
    await answer(await chatFrameOf(page));
    await page.evaluate(() => document.dispatchEvent(new Event("remove-chat")));
    expect(await page.locator("#here > *").count()).toBe(0);
    await page.keyboard.press("Shift");
    for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
    expect(page.url()).toBe(`${siteUrl}own`);
    expect(mistakes).toEqual([]);
  }, 60_000);

  it.each([
    { what: "the hash of this version", file: "widget.js", isShown: true },
    { what: "the hash of another file", file: "ke-ben.js", isShown: false },
  ])(
    "a page that names $what shows the button: $isShown",
    async ({ file, isShown }) => {
      const script = `<script async src="${server.base}/widget.js" integrity="${integrityOf(file)}" crossorigin="anonymous"></script>`;
      const { page } = await visitPage(`<main><h1>Trường</h1></main>${script}`);
      await page.waitForLoadState("networkidle");
      expect((await buttonNames(page)).length).toBe(isShown ? 1 : 0);
    },
    60_000,
  );

  it("has a way out while the chat is still on its way", async () => {
    const { page } = await visit();
    await page.context().route(/\/chat\b/, () => {});
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await buttonNames(page)).toEqual(["Thoát nhanh", "Đóng"]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/google\.com/);
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

import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error("chromium is missing: apt-get install chromium");
  return chromium.launch({ executablePath, args: QUIET });
}

export interface OpenPage {
  readonly page: Page;
  /** Every address that the page and its frames have asked for. */
  readonly asked: string[];
  /** What went wrong in scripts, policy refusals included. */
  readonly mistakes: string[];
}

/** A new person with a browser of their own. Nothing leaves this machine: other hosts are refused. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "vi-VN",
    ...options,
  });
  const page = await context.newPage();
  const asked: string[] = [];
  const mistakes: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  page.on("websocket", (socket) => asked.push(socket.url()));
  page.on("pageerror", (error) => mistakes.push(error.message));
  page.on("console", (message) => {
    const isPolicy = /Content Security Policy|Refused to/.test(message.text());
    if (isPolicy) mistakes.push(message.text());
  });
  await context.route(
    (url) => url.hostname !== "127.0.0.1",
    (route) => route.fulfill({ contentType: "text/html", body: "<title>elsewhere</title><p>elsewhere</p>" }),
  );
  return { page, asked, mistakes };
}

/** Accessibility mistakes that axe finds in what is shown now: rule and element, for a readable failure. */
export async function axeFindings(target: Page | Frame): Promise<string[]> {
  await target.evaluate(axe.source);
  const found: unknown = await target.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary ?? ''}`)))",
  );
  return Array.isArray(found) ? found.map(String) : [];
}

/** The chat inside a page. It stands in a closed shadow tree, where selectors do not reach; the browser knows it. */
export async function chatFrameOf(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes("/chat"));
  for (let tries = 0; tries < 200 && find() === undefined; tries++) await page.waitForTimeout(50);
  const frame = find();
  if (frame === undefined) throw new Error("the chat is not open");
  await frame.locator("#start").waitFor();
  return frame;
}

/** Names of all buttons as a screen reader hears them, closed shadow trees included. */
export async function buttonNames(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter(({ role }) => role?.value === "button").map(({ name }) => String(name?.value));
}

import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { projectRoot, START_LIMIT_MS } from "../support/start-server.ts";

const SECONDS = 20_000;
jest.setTimeout(3 * SECONDS);

describe("npm run simulate: two phones to try both messengers on", () => {
  let command: ChildProcess;
  let printed = "";
  let browser: Browser;
  let page: Page;
  let opened: Awaited<ReturnType<typeof openPage>>;

  const on = (name: string) => page.locator(`.${name}`);
  const lines = (name: string) => on(name).locator(".line.bot").allTextContents();
  const write = async (name: string, text: string) => {
    await page.fill(`#${name}-text`, text);
    await page.keyboard.press("Enter");
  };

  beforeAll(async () => {
    command = spawn(process.execPath, [join(projectRoot, "dist", "cli", "simulate.js"), "--port", "0"], {
      cwd: projectRoot,
      env: { ...process.env, NODE_OPTIONS: "" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    command.stdout?.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
    await eventually(() => expect(printed).toContain("Ctrl+C"), START_LIMIT_MS - 20_000);
    browser = await openBrowser();
    opened = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    page = opened.page;
    await page.goto(/Two phones: +(\S+)/.exec(printed)?.[1] ?? "");
    await on("zalo").waitFor();
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    if (command?.exitCode === null) command.kill("SIGKILL");
  });

  it.each(["telegram", "zalo"])(
    "the one like %s answers with buttons, and a card as a picture",
    async (name) => {
      await write(name, "có người dọa tung ảnh của em");
      const card = on(name).getByRole("button", { name: "Lưu thành thẻ" });
      await card.first().waitFor({ timeout: SECONDS });
      expect((await lines(name)).join()).toContain("111");
      await card.first().click();
      const picture = on(name).locator("img");
      await picture.waitFor({ timeout: SECONDS });
      await eventually(async () =>
        expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(
          500,
        ),
      );
    },
  );

  it("delivers twice when told to, and is answered once", async () => {
    await on("telegram").getByText("Thử thêm").click();
    await on("telegram").getByLabel("Tin đến hai lần").check();
    const before = (await lines("telegram")).length;
    await on("telegram").getByRole("button", { name: "Gửi ảnh", exact: true }).click();
    await eventually(async () => expect((await lines("telegram")).length).toBe(before + 1), SECONDS);
    await page.waitForTimeout(1000);
    expect((await lines("telegram")).length).toBe(before + 1);
    await on("telegram").getByLabel("Không có").check();
  });

  it("keeps the words while the messenger is away, and says them when it is back", async () => {
    await on("zalo").getByText("Thử thêm").click();
    await on("zalo").getByLabel("Không gửi được (502)").check();
    const before = (await lines("zalo")).length;
    await write("zalo", "xem các chủ đề");
    await page.waitForTimeout(1500);
    expect((await lines("zalo")).length).toBe(before);
    await on("zalo").getByLabel("Không có").check();
    await eventually(async () => expect((await lines("zalo")).length).toBeGreaterThan(before), SECONDS);
  });

  it("has nothing that axe finds, on a phone too and in English, and asks no other host", async () => {
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("button", { name: "English" }).click();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(opened.asked.filter((url) => new URL(url).hostname !== "127.0.0.1")).toEqual([]);
    expect(opened.mistakes).toEqual([]);
  });

  it("ends with Ctrl+C, and its server with it", async () => {
    const server = /Console: +(http:\/\/[^/]+)/.exec(printed)?.[1] ?? "";
    expect((await fetch(`${server}/healthz`)).status).toBe(200);
    command.kill("SIGINT");
    await once(command, "exit");
    await expect(fetch(`${server}/healthz`)).rejects.toThrow();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const CRY = "co nguoi dua tung anh nong cua em len mang neu khong chuyen tien";
const PASSWORD = "bốn từ dễ nhớ ghép lại";
const SOON = 15_000;

/** The words of each line as shown, in order, without the names of the speakers. */
const chatLines = (page: Page) => page.locator(".log .entry .text").allInnerTexts();
const deskLines = (page: Page) => page.locator(".talk .line .said").allInnerTexts();

async function write(page: Page, text: string): Promise<void> {
  await page.fill("#message", text);
  await page.keyboard.press("Enter");
}

async function answer(page: Page, text: string): Promise<void> {
  await page.fill("#reply", text);
  await page.keyboard.press("Enter");
}

describe("a person in danger and a counsellor, each in a browser", () => {
  let server: RunningServer;
  let browser: Browser;
  let chat: Page;
  let desk: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    chat = (await openPage(browser)).page;
    desk = (await openPage(browser, { viewport: { width: 1280, height: 800 } })).page;
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("the counsellor makes the first account with the one-time link", async () => {
    await desk.goto(server.setupLink ?? "");
    await desk.fill("#name", "Lan");
    await desk.fill("#password", PASSWORD);
    await desk.fill("#again", "không giống nhau");
    expect(await axeFindings(desk)).toEqual([]);
    await desk.keyboard.press("Enter");
    await desk.getByText("Hai mật khẩu chưa giống nhau.").waitFor();
    await desk.fill("#again", PASSWORD);
    await desk.keyboard.press("Enter");
    await desk.locator(".queue").waitFor({ timeout: SOON });
    expect(desk.url()).not.toContain("setup");
    expect(await axeFindings(desk)).toEqual([]);
  }, 60_000);

  it("the person writes without marks, is given 111 and what to do, and is told that someone is being asked", async () => {
    await chat.goto(`${server.base}/chat`);
    await chat.locator(".topics").waitFor();
    expect(await axeFindings(chat)).toEqual([]);
    await write(chat, CRY);
    await chat.locator(".log a[href='tel:111']").first().waitFor({ timeout: SOON });
    await chat.locator(".points li").first().waitFor();
    await chat.getByText("Đang chờ tư vấn viên").waitFor();
    expect(await axeFindings(chat)).toEqual([]);
  }, 60_000);

  it("the case stands in the queue with its level and its reason in words, and the title calls for someone", async () => {
    const waiting = desk.locator(".case", { hasText: "Nhận ca này" });
    await waiting.waitFor({ timeout: SOON });
    expect(await waiting.locator(".level").innerText()).toMatch(/Gấp|Khẩn cấp/);
    expect((await waiting.locator(".reasons li").first().innerText()).length).toBeGreaterThan(5);
    expect(await desk.title()).toMatch(/^\(1\)/);
    await waiting.getByText("Đọc").click();
    await desk.getByText("Việc đọc ca này được ghi vào nhật ký").waitFor();
    await desk.locator(".said", { hasText: CRY }).waitFor();
    expect(await axeFindings(desk)).toEqual([]);
  }, 60_000);

  it("the counsellor claims it and both talk; the person sees that it is a person", async () => {
    await desk.locator(".case-title").getByText("Nhận ca này").click();
    await desk.locator("#reply").waitFor({ timeout: SOON });
    await answer(desk, "Chào em, chị là tư vấn viên. Em an toàn chứ?");
    await chat.getByText("Tư vấn viên – người thật").waitFor({ timeout: SOON });
    await chat.getByText("Em an toàn chứ?").waitFor();
    await chat.locator(".status-live").waitFor();
    await chat.locator("#message").pressSequentially("dạ", { delay: 20 });
    await desk.locator(".writing").waitFor({ timeout: SOON });
    await write(chat, "dạ em đang ở nhà, em sợ lắm");
    await desk.locator(".said", { hasText: "em sợ lắm" }).waitFor({ timeout: SOON });
    await chat.getByText("Tư vấn viên đã xem").waitFor({ timeout: SOON });
    expect(await axeFindings(chat)).toEqual([]);
    expect(await axeFindings(desk)).toEqual([]);
    // A page opened anew is told again, and the mark goes once there is an answer.
    await chat.reload();
    await chat.getByText("Tư vấn viên đã xem").waitFor({ timeout: 20_000 });
    await answer(desk, "Chị nghe đây.");
    await chat.getByText("Chị nghe đây.").waitFor({ timeout: SOON });
    expect(await chat.locator(".seen").count()).toBe(0);
  }, 90_000);

  it("killed in the middle and started again: nothing is lost and nothing is said twice", async () => {
    await server.crash();
    await write(chat, "chị ơi còn đó không");
    await answer(desk, "Chị vẫn ở đây với em.");
    await chat.locator(".fate-kept").waitFor({ timeout: SOON });
    await desk.locator(".fate-retrying").waitFor({ timeout: SOON });
    expect(await axeFindings(chat)).toEqual([]);
    // A reload of either page in the middle costs no word.
    await desk.fill("#reply", "bản nháp chưa gửi");
    await server.restart();
    await desk.locator(".said", { hasText: "chị ơi còn đó không" }).waitFor({ timeout: 30_000 });
    await chat.getByText("Chị vẫn ở đây với em.").waitFor({ timeout: 30_000 });
    expect(await desk.inputValue("#reply")).toBe("bản nháp chưa gửi");
    await eventually(async () => {
      expect(await chat.locator(".fate:not(.seen)").count()).toBe(0);
      expect(await desk.locator(".talk .fate").count()).toBe(0);
    }, 30_000);
    const said = await chatLines(chat);
    for (const once of [CRY, "dạ em đang ở nhà, em sợ lắm", "chị ơi còn đó không", "Chị vẫn ở đây với em."]) {
      expect(said.filter((line) => line === once)).toEqual([once]);
    }
    expect(await deskLines(desk)).toEqual(said);
  }, 180_000);

  it("a reload of both pages shows the same transcript, and the draft is still there", async () => {
    const before = await chatLines(chat);
    await Promise.all([chat.reload(), desk.reload()]);
    await desk.locator(".case.own").click({ timeout: SOON });
    await eventually(async () => {
      expect(await chatLines(chat)).toEqual(before);
      expect(await deskLines(desk)).toEqual(before);
    }, SOON);
    expect(await desk.inputValue("#reply")).toBe("bản nháp chưa gửi");
  }, 60_000);

  it("the counsellor ends the case after being asked once, and the bot answers again", async () => {
    await desk.getByText("Kết thúc ca", { exact: true }).click();
    await desk.getByText("Kết thúc ca này?").waitFor();
    expect(await axeFindings(desk)).toEqual([]);
    await desk.getByText("Kết thúc", { exact: true }).click();
    await desk.getByText("Không có ai đang chờ").waitFor({ timeout: SOON });
    await chat.getByText("Đang nói chuyện với máy trả lời tự động").waitFor({ timeout: SOON });
    expect(await chat.locator(".status-live").count()).toBe(0);
  }, 60_000);
});

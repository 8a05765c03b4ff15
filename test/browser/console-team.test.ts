import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const PASSWORD = "bốn từ dễ nhớ ghép lại";
const WIDE = { viewport: { width: 1280, height: 800 } };

/** Goes to the element with Tab alone, as someone without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    if (reached.startsWith(name)) return;
  }
  throw new Error(`no way to "${name}" by the keyboard`);
}

describe("a team at the desk", () => {
  let server: RunningServer;
  let browser: Browser;
  let lan: Page;
  let minh: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    lan = (await openPage(browser, WIDE)).page;
    minh = (await openPage(browser, { ...WIDE, colorScheme: "dark" })).page;
    await lan.goto(server.setupLink ?? "");
    await lan.fill("#name", "Lan");
    await lan.fill("#password", PASSWORD);
    await lan.fill("#again", PASSWORD);
    await lan.keyboard.press("Enter");
    await lan.locator(".queue").waitFor();
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("the supervisor invites a colleague, by the keyboard alone, who chooses name and password behind the link", async () => {
    await lan.locator("h1").click();
    await tabTo(lan, "Lan");
    await lan.keyboard.press("Enter");
    await tabTo(lan, "Đồng nghiệp");
    await lan.keyboard.press("Enter");
    await lan.locator("dialog .team").waitFor();
    await tabTo(lan, "Mời tư vấn viên");
    await lan.keyboard.press("Enter");
    await lan.locator("#invitation").waitFor();
    expect(await axeFindings(lan)).toEqual([]);
    const link = await lan.inputValue("#invitation");
    await lan.keyboard.press("Escape");
    await lan.locator("dialog").waitFor({ state: "detached" });

    await minh.goto(link);
    await minh.getByText("Vào nhóm tư vấn").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await minh.fill("#name", "Minh");
    await minh.fill("#password", PASSWORD);
    await minh.fill("#again", PASSWORD);
    await minh.keyboard.press("Enter");
    await minh.locator(".queue").waitFor();
    expect(minh.url()).not.toContain("join");
    await minh.click(".menu summary");
    await minh.route("**/console/api/sign-out", (route) => route.abort());
    await minh.getByText("Đăng xuất").click();
    await minh.getByText("Bạn vẫn đang đăng nhập").waitFor();
    await minh.unroute("**/console/api/sign-out");
    await minh.getByText("Đăng xuất", { exact: true }).click();
    await minh.locator("#password").waitFor();

    const { page: late } = await openPage(browser, WIDE);
    await late.goto(link);
    await late.getByText("Đường dẫn này đã dùng rồi hoặc hết hạn").waitFor();
    await late.close();
  }, 60_000);

  it("a wrong password is said in words; the right one opens the desk, without the supervisor's acts", async () => {
    await minh.goto(`${server.base}/console`);
    await minh.fill("#name", "Minh");
    await minh.fill("#password", "không phải thế đâu");
    await minh.keyboard.press("Enter");
    await minh.getByText("Tên hoặc mật khẩu chưa đúng.").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await minh.fill("#password", PASSWORD);
    await minh.keyboard.press("Enter");
    await minh.locator(".queue").waitFor();
    await minh.click(".menu summary");
    await minh.getByText("Đăng xuất").waitFor();
    expect(await minh.getByText("Đồng nghiệp", { exact: true }).count()).toBe(0);
    await minh.click("text=English");
    await minh.getByText("Nobody is waiting right now").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await minh.keyboard.press("Escape");
  }, 60_000);

  it("who reads a case that a colleague then takes reads no more of it", async () => {
    const { page: chat } = await openPage(browser);
    await chat.goto(`${server.base}/chat`);
    await chat.fill("#message", "em muốn gặp người thật");
    await chat.keyboard.press("Enter");
    await minh.getByText("Take this case").waitFor();
    await minh.getByText("Read", { exact: true }).click();
    await minh.locator(".said", { hasText: "em muốn gặp người thật" }).waitFor();
    await lan.locator("h1").click();
    await tabTo(lan, "Nhận ca gấp nhất");
    await lan.keyboard.press("Enter");
    await lan.locator("#reply").waitFor();
    expect(await lan.evaluate(() => document.activeElement?.id)).toBe("reply");
    await lan.keyboard.type("Chào em.");
    await lan.keyboard.press("Enter");
    await chat.getByText("Chào em.").waitFor();
    await minh.getByText("This case is not (or no longer) yours.").waitFor();
    expect(await minh.locator(".said").count()).toBe(0);
    await minh.getByText("Held by: Lan").waitFor();
  }, 60_000);

  it("releasing gives the case back to the queue; of two who then take it, one has it and the other is told so", async () => {
    await lan.getByText("Trả lại hàng chờ").click();
    await lan.locator("dialog").getByText("Trả lại", { exact: true }).click();
    await lan.getByText("Nhận ca này").waitFor();
    await minh.getByText("List", { exact: true }).click();
    await minh.getByText("Take this case").waitFor();
    // Minh's page hears of nothing more, as on a bad line.
    await minh.route("**/console/api/queue", (route) => route.abort());
    await lan.getByText("Nhận ca này").click();
    await lan.locator("#reply").waitFor();
    await minh.getByText("Take this case").click();
    await minh.getByText("A colleague took this case just before you.").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await minh.unroute("**/console/api/queue");
    await minh.getByText("Held by: Lan").waitFor({ timeout: 30_000 });
    expect(await minh.getByText("Take this case").count()).toBe(0);
  }, 90_000);

  it("shows the browser's own notification when an urgent case comes and the desk is out of sight, with no word of it", async () => {
    const { page } = await openPage(browser, WIDE);
    // A headless browser has no notifications of its own; the desk is asked what it would show.
    await page.addInitScript(() => {
      const shown: string[] = [];
      class FakeNotification extends EventTarget {
        static readonly permission = "granted";
        constructor(title: string, { body }: { body: string }) {
          super();
          shown.push(`${title}: ${body}`);
        }
      }
      Object.assign(window, { Notification: FakeNotification, shown });
      document.hasFocus = () => false;
    });
    await page.goto(`${server.base}/console`);
    await page.fill("#name", "Lan");
    await page.fill("#password", PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator(".queue").waitFor();
    const { page: chat } = await openPage(browser);
    await chat.goto(`${server.base}/chat`);
    await chat.fill("#message", "có người dọa tung ảnh của em");
    await chat.keyboard.press("Enter");
    await page.waitForFunction(() => (window as unknown as { shown: string[] }).shown.length > 0);
    const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
    expect(shown[0]).toBe("Kề Bên: Có ca gấp mới");
  }, 60_000);

  it("a supervisor sees the whole, reads a colleague's case for a reason, and takes it; the person is told once", async () => {
    const { page: chat } = await openPage(browser);
    await chat.goto(`${server.base}/chat`);
    await chat.fill("#message", "em muốn gặp người thật ạ");
    await chat.keyboard.press("Enter");
    await minh.getByText("Take this case").nth(1).click();
    await minh.locator("#reply").waitFor();
    await minh.fill("#reply", "Chào em, anh đây.");
    await minh.keyboard.press("Enter");
    await chat.getByText("Chào em, anh đây.").waitFor();

    await lan.click(".menu summary");
    await lan.getByText("Toàn cảnh").click();
    await lan.locator("dialog table").first().waitFor();
    await lan.locator("dialog").getByText("Minh").waitFor();
    await lan.getByText("Xem", { exact: true }).click();
    await lan.getByText("Tải bảng (CSV)").waitFor();
    expect(await axeFindings(lan)).toEqual([]);
    await lan.keyboard.press("Escape");

    await lan.getByRole("button", { name: "Xem, can thiệp Minh" }).first().click();
    await lan.getByLabel("Có khiếu nại").check();
    expect(await axeFindings(lan)).toEqual([]);
    await lan.getByText("Đọc", { exact: true }).last().click();
    await lan.locator(".said", { hasText: "Chào em, anh đây." }).waitFor();
    await lan.getByRole("button", { name: "Xem, can thiệp Minh" }).first().click();
    await lan.getByRole("button", { name: "Nhận thay" }).click();
    await lan.locator("dialog").waitFor({ state: "detached" });
    await lan.locator("#reply").waitFor();
    await chat.getByText("tư vấn viên khác").waitFor();
    await minh.getByText("Held by: Lan").first().waitFor();
  }, 90_000);
});

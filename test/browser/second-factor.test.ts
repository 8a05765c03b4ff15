import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const PASSWORD = "bốn từ dễ nhớ ghép lại";

describe("a house that demands a second factor", () => {
  let server: RunningServer;
  let browser: Browser;
  let lan: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startServer({ CONSOLE_SECOND_FACTOR: "required" }),
      openBrowser(),
    ]);
    lan = (await openPage(browser, { viewport: { width: 390, height: 844 } })).page;
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("shows no case before it is set, says why, and opens the desk with the first code", async () => {
    await lan.goto(server.setupLink ?? "");
    await lan.fill("#name", "Lan");
    await lan.fill("#password", PASSWORD);
    await lan.fill("#again", PASSWORD);
    await lan.keyboard.press("Enter");
    await lan.getByText("Tổ chức của bạn yêu cầu mã xác nhận", { exact: false }).waitFor();
    expect(await lan.locator(".queue").count()).toBe(0);
    expect(await axeFindings(lan)).toEqual([]);
    await lan.fill("#set-password", "không phải thế đâu");
    await lan.getByText("Bật mã xác nhận").click();
    await lan.getByText("Mật khẩu hiện tại chưa đúng.").waitFor();
    await lan.fill("#set-password", PASSWORD);
    await lan.getByText("Bật mã xác nhận").click();
    const secret = (await lan.locator(".secret").innerText()).replace(/\s/g, "");
    expect(await axeFindings(lan)).toEqual([]);
    await lan.fill("#code", new TOTP({ secret }).generate());
    await lan.getByText("Xác nhận", { exact: true }).click();
    await lan.locator(".queue").waitFor();
  }, 60_000);
});

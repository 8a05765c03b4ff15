import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const PASSWORD = "bốn từ dễ nhớ ghép lại";

describe("ready sentences in the reply box", () => {
  let server: RunningServer;
  let browser: Browser;
  let desk: Page;
  let chat: Page;

  const draft = () => desk.inputValue("#reply");
  const options = () => desk.locator("[role=option]");
  const chosen = () => desk.locator("[role=option][aria-selected=true]");

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    desk = (await openPage(browser, { viewport: { width: 1280, height: 800 } })).page;
    chat = (await openPage(browser)).page;
    await desk.goto(server.setupLink ?? "");
    await desk.fill("#name", "Lan");
    await desk.fill("#password", PASSWORD);
    await desk.fill("#again", PASSWORD);
    await desk.keyboard.press("Enter");
    await desk.locator(".queue").waitFor();
    await chat.goto(`${server.base}/chat`);
    await chat.fill("#message", "em muốn gặp người thật");
    await chat.keyboard.press("Enter");
    await desk.getByText("Nhận ca này").click();
    await desk.locator("#reply").waitFor();
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("a slash finds one without accents; arrows choose, Enter puts it in, and nothing is sent by that", async () => {
    await desk.keyboard.type("/an toan");
    await options().nth(1).waitFor();
    const first = await chosen().textContent();
    await desk.keyboard.press("ArrowDown");
    const second = await chosen().textContent();
    expect(second).not.toBe(first);
    expect(await desk.getAttribute("#reply", "aria-activedescendant")).toBe(
      await chosen().getAttribute("id"),
    );
    expect(await axeFindings(desk)).toEqual([]);
    await desk.keyboard.press("Enter");
    expect(await draft()).toBe(second);
    expect(await options().count()).toBe(0);
    expect(await desk.locator(".said.counsellor, .pending").count()).toBe(0);
  }, 60_000);

  it("what was put in is changed like any other words, and then sent", async () => {
    await desk.fill("#reply", "");
    await desk.keyboard.type("/tho cham");
    await options().first().waitFor();
    await desk.keyboard.press("Enter");
    await desk.keyboard.type(" Mình vẫn ở đây.");
    const words = await draft();
    expect(words).toMatch(/^Mình cùng thở chậm.+ Mình vẫn ở đây\.$/u);
    await desk.keyboard.press("Enter");
    await chat.getByText(words).waitFor();
    expect(await draft()).toBe("");
  }, 60_000);

  it("Escape closes the list and takes the slash along; a search that finds nothing is not sent by Enter", async () => {
    await desk.keyboard.type("Chào bạn. /");
    await options().first().waitFor();
    await desk.keyboard.press("Escape");
    await options().first().waitFor({ state: "detached" });
    expect(await draft()).toBe("Chào bạn. ");
    await desk.keyboard.type("/qqqq");
    await desk.getByText("Không có câu nào như vậy").waitFor();
    await desk.keyboard.press("Enter");
    expect(await draft()).toBe("Chào bạn. /qqqq");
    await desk.fill("#reply", "");
  }, 60_000);

  it("the button opens the same list on a narrow dark screen, where a finger picks", async () => {
    await desk.setViewportSize({ width: 360, height: 640 });
    await desk.emulateMedia({ colorScheme: "dark" });
    await desk.getByRole("button", { name: "Câu có sẵn" }).click();
    await options().first().waitFor();
    const list = await desk.locator("[role=listbox]").boundingBox();
    expect(list?.x ?? -1).toBeGreaterThanOrEqual(0);
    expect(list?.y ?? -1).toBeGreaterThanOrEqual(0);
    expect((list?.x ?? 0) + (list?.width ?? 999)).toBeLessThanOrEqual(360);
    expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeFindings(desk)).toEqual([]);
    const picked = await options().nth(2).textContent();
    await options().nth(2).click();
    expect(await draft()).toBe(picked);
    expect(await desk.evaluate(() => document.activeElement?.id)).toBe("reply");
  }, 60_000);

  it("a list that cannot be fetched takes no answer away", async () => {
    await desk.fill("#reply", "");
    await desk.route("**/console/api/snippets*", (route) => route.abort());
    await desk.keyboard.type("/");
    await desk.getByText("Chưa lấy được câu có sẵn").waitFor();
    await desk.keyboard.press("Escape");
    await desk.keyboard.type("Mình đang nghe.");
    await desk.keyboard.press("Enter");
    await chat.getByText("Mình đang nghe.").waitFor();
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const PASSWORD = "bốn từ dễ nhớ ghép lại";
const WIDE = { viewport: { width: 1360, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const ASK_ALL = [
  { name: "threatened", text: "có người dọa tung ảnh của em, em sợ lắm" },
  { name: "asking", text: "em muốn gặp người thật ạ" },
  { name: "hurt", text: "bố đang đánh em, cứu em với" },
  { name: "english", text: "can I talk to a real person please" },
  { name: "parent", text: "con tôi bị bắt nạt, cho tôi gặp tư vấn viên" },
] as const;
type Name = (typeof ASK_ALL)[number]["name"];

describe("two counsellors, a supervisor and five people", () => {
  let server: RunningServer;
  let browser: Browser;
  let lan: Page;
  let minh: Page;
  let hoa: Page;
  const people = new Map<Name, Page>();

  const say = async (page: Page, text: string) => {
    await page.fill("#message", text);
    await page.keyboard.press("Enter");
  };
  const answer = async (page: Page, text: string) => {
    await page.fill("#reply", text);
    await page.keyboard.press("Enter");
  };
  const person = (name: Name) => people.get(name) as Page;

  async function signUp(link: string, name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { page } = await openPage(browser, { ...WIDE, ...options });
    await page.goto(link);
    await page.fill("#name", name);
    await page.fill("#password", PASSWORD);
    await page.fill("#again", PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator(".queue, .editing").waitFor();
    return page;
  }
  async function invitation(role: "counsellor" | "editor" = "counsellor"): Promise<string> {
    const made = await lan.request.post(`${server.base}/console/api/invitations`, {
      headers: { "x-ke-ben-console": "1" },
      data: { role },
    });
    const { token } = (await made.json()) as { token: string };
    return `${server.base}/console#join=${token}`;
  }

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    lan = await signUp(server.setupLink ?? "", "Lan");
    minh = await signUp(await invitation(), "Minh");
    hoa = await signUp(await invitation(), "Hoa", { colorScheme: "dark" });
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("five people ask at once; the most urgent stands first on every desk", async () => {
    await Promise.all(
      ASK_ALL.map(async ({ name, text }) => {
        const { page } = await openPage(browser, PHONE);
        people.set(name, page);
        await page.goto(`${server.base}/chat`);
        await say(page, text);
      }),
    );
    for (const desk of [lan, minh, hoa]) {
      await desk.locator(".queue .case").nth(4).waitFor();
      await desk.locator(".queue .case").first().locator(".level-emergency").waitFor();
      expect(await axeFindings(desk)).toEqual([]);
    }
  }, 90_000);

  it("two who take the most urgent at the same moment get two different people", async () => {
    await Promise.all([minh, hoa].map((desk) => desk.getByText("Nhận ca gấp nhất").click()));
    // Of two who reach for the same case one is told so, and reaches again.
    for (const desk of [minh, hoa])
      if ((await desk.locator(".case.own").count()) === 0) {
        await desk.waitForTimeout(500);
        if ((await desk.locator(".case.own").count()) === 0) await desk.getByText("Nhận ca gấp nhất").click();
      }
    await Promise.all([minh, hoa].map((desk) => desk.locator("#reply").waitFor()));
    await answer(minh, "Chào bạn, Minh đây.");
    await answer(hoa, "Chào bạn, Hoa đây.");
    const [hurt, threatened] = [person("hurt"), person("threatened")];
    await Promise.all([hurt, threatened].map((page) => page.getByText("đây.", { exact: false }).waitFor()));
    const said = await Promise.all(
      [hurt, threatened].map((page) => page.getByText(/(Minh|Hoa) đây\./).allInnerTexts()),
    );
    expect(said.flat().toSorted()).toEqual(["Chào bạn, Hoa đây.", "Chào bạn, Minh đây."]);
  }, 90_000);

  it("the counsellor keeps a file: note, steps, tags and a plan; only the plan that was sent reaches the person", async () => {
    await minh.getByRole("button", { name: "Hồ sơ ca" }).click();
    await minh.locator(".case-file").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await minh.fill("#note", "Đang ở nhà bà ngoại.");
    await minh.getByText("Thêm ghi chú").click();
    await minh.locator(".notes li", { hasText: "Đang ở nhà bà ngoại." }).waitFor();
    await eventually(async () => expect(await minh.inputValue("#note")).toBe(""));
    await minh.getByLabel("Đã hỏi: ngay lúc này có an toàn không").check();
    await minh.locator(".checks .soft", { hasText: "Minh" }).waitFor();
    await minh.getByLabel("Trường học").check();
    await minh.fill("#plan-people", "Cô chủ nhiệm, bà ngoại");
    await minh.fill("#plan-helplines", "111");
    await minh.getByText("Lưu kế hoạch").click();
    await minh.getByText("Đã lưu.").waitFor();
    await minh.reload();
    await minh.locator(".case.own").click();
    await minh.getByRole("button", { name: "Hồ sơ ca" }).click();
    await minh.locator(".notes li", { hasText: "Đang ở nhà bà ngoại." }).waitFor();
    expect(await minh.inputValue("#plan-people")).toBe("Cô chủ nhiệm, bà ngoại");
    expect(await minh.getByLabel("Trường học").isChecked()).toBe(true);
    await minh.getByText("Chép vào ô trả lời").click();
    expect(await minh.inputValue("#reply")).toContain("Người mình nhờ giúp được:\nCô chủ nhiệm, bà ngoại");
    await minh.locator("#reply").press("Enter");
    const own =
      (await person("hurt").getByText("Minh đây.").count()) > 0 ? person("hurt") : person("threatened");
    await own.getByText("Cô chủ nhiệm, bà ngoại").waitFor();
    expect(await own.content()).not.toContain("Đang ở nhà bà ngoại.");
  }, 90_000);

  it("a line that the bot could have answered is marked with one tap, and taken back with another", async () => {
    const mark = minh.getByText("Máy lẽ ra trả lời được").first();
    await mark.click();
    await minh.locator(".mark-line [aria-pressed=true]").waitFor();
    await mark.click();
    await minh.locator(".mark-line [aria-pressed=true]").waitFor({ state: "detached" });
    await mark.click();
    await minh.locator(".mark-line [aria-pressed=true]").waitFor();
  }, 60_000);

  it("an editor sees the marked line without what tells who wrote it, and nothing of any case", async () => {
    const nga = await signUp(await invitation("editor"), "Nga");
    await nga.locator(".improvements li").waitFor();
    expect(await nga.locator(".queue").count()).toBe(0);
    expect(await axeFindings(nga)).toEqual([]);
    await nga.fill(".improvements textarea", "có bạn dọa đăng ảnh của mình thì làm sao");
    await nga.locator(".improvements select").selectOption("sextortion");
    await nga.getByText("Giữ câu này").click();
    await nga.getByText("Nga: ", { exact: false }).waitFor();
    const [download] = await Promise.all([
      nga.waitForEvent("download"),
      nga.getByText("Tải 1 câu đã giữ").click(),
    ]);
    expect(download.suggestedFilename()).toBe("ke-ben-lines.jsonl");
    await nga.setViewportSize(PHONE.viewport);
    expect(await axeFindings(nga)).toEqual([]);
    expect(await nga.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    await nga.close();
    await lan.click(".menu summary");
    await lan.getByText("Câu cho máy học").click();
    await lan.locator(".improvements li").waitFor();
    expect(await axeFindings(lan)).toEqual([]);
    await lan.keyboard.press("Escape");
  }, 60_000);

  it("the supervisor's word stands over the counsellor's talk until it was read, and over nobody else's", async () => {
    await lan.getByRole("button", { name: "Xem, can thiệp Minh" }).click();
    await lan.fill("#whisper", "Hỏi xem có ai bị thương không nhé.");
    expect(await axeFindings(lan)).toEqual([]);
    await lan.getByText("Gửi cho đồng nghiệp").click();
    await lan.getByText("Đã lưu.").waitFor();
    await lan.keyboard.press("Escape");
    const word = minh.locator(".newest-note", { hasText: "Hỏi xem có ai bị thương không nhé." });
    await word.waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    await word.getByText("Đã đọc").click();
    await word.waitFor({ state: "detached" });
    expect(await hoa.locator(".newest-note").count()).toBe(0);
    for (const page of people.values()) expect(await page.content()).not.toContain("bị thương không nhé");
  }, 60_000);

  it("the referral sheet covers what tells who the person is; on paper stands the sheet alone", async () => {
    const own =
      (await person("hurt").getByText("Minh đây.").count()) > 0 ? person("hurt") : person("threatened");
    await say(own, "em tên Nguyễn Thị Hoa, số em 0912 345 678");
    await minh.locator(".said", { hasText: "0912 345 678" }).waitFor();
    await minh.getByRole("button", { name: "Hồ sơ ca" }).click();
    await minh.getByText("Phiếu chuyển gửi", { exact: true }).click();
    await minh.locator(".sheet").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    expect(await minh.locator(".sheet").innerText()).not.toMatch(/0912|Nguyễn Thị Hoa/);
    await minh.fill("#referral-summary", "Cần người tới nhà ngay.");
    await minh.emulateMedia({ media: "print" });
    expect(await minh.locator(".sheet .only-print.said").isVisible()).toBe(true);
    expect(await minh.locator(".queue h2").first().isVisible()).toBe(false);
    expect(await minh.locator(".sheet textarea").isVisible()).toBe(false);
    await minh.emulateMedia({ media: "screen" });
    await minh.keyboard.press("Escape");
    await minh.locator(".sheet").waitFor({ state: "detached" });
  }, 60_000);

  it("all of the file works on a phone, in English, by the keyboard, with nothing cut off", async () => {
    await minh.setViewportSize({ width: 360, height: 740 });
    await minh.click(".menu summary");
    await minh.getByText("English").click();
    await minh.keyboard.press("Escape");
    await minh.locator(".case-file").waitFor();
    expect(await axeFindings(minh)).toEqual([]);
    const cut = await minh.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(cut).toBe(false);
    await minh.locator("#file-title").focus();
    await minh.keyboard.press("Tab");
    await minh.keyboard.press("Enter");
    await minh.locator(".case-file").waitFor({ state: "detached" });
    await minh.locator("#reply").waitFor();
    await minh.setViewportSize(WIDE.viewport);
  }, 60_000);

  it("a case given back with a note is taken by a colleague who reads it first; how it ends is asked and counted", async () => {
    await hoa.getByText("Trả lại hàng chờ").click();
    await hoa.fill("#handover-note", "Mới chào, chưa hỏi gì.");
    expect(await axeFindings(hoa)).toEqual([]);
    await hoa.locator("dialog").getByText("Trả lại", { exact: true }).click();
    await hoa.locator("#reply").waitFor({ state: "detached" });
    await lan.getByText("Nhận ca gấp nhất").click();
    await lan.locator(".newest-note", { hasText: "Mới chào, chưa hỏi gì." }).waitFor();
    await answer(lan, "Chào bạn, Lan đây.");
    await lan.getByText("Kết thúc ca", { exact: true }).click();
    await lan.locator("#ending").selectOption("adult");
    expect(await axeFindings(lan)).toEqual([]);
    await lan.locator("dialog").getByText("Kết thúc", { exact: true }).click();
    await lan.locator("#reply").waitFor({ state: "detached" });
    await lan.click(".menu summary");
    await lan.getByText("Toàn cảnh").click();
    await lan.getByText("Xem", { exact: true }).click();
    await lan.getByText("Một người lớn tin được đang giúp: 1 ca").waitFor();
    await lan.getByText("Trường học: 1 ca").waitFor();
    expect(await axeFindings(lan)).toEqual([]);
    await lan.keyboard.press("Escape");
  }, 90_000);

  it("a talk that only the bot answered is read again; who sees danger in it brings the person to a desk", async () => {
    const { page } = await openPage(browser, PHONE);
    await page.goto(`${server.base}/chat`);
    await say(page, "cho em hỏi cách đặt mật khẩu mạnh");
    await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
    const waiting = await lan.locator(".queue .case.edge-urgent").count();
    await hoa.click(".menu summary");
    await hoa.getByText("Đọc lại", { exact: true }).click();
    await hoa.locator(".review-lines", { hasText: "mật khẩu mạnh" }).waitFor();
    expect(await axeFindings(hoa)).toEqual([]);
    expect(await hoa.locator("#review-weeks").count()).toBe(0);
    await hoa.locator("dialog").getByText("Gấp", { exact: true }).click();
    await hoa.getByText("Người này đã vào hàng chờ").waitFor();
    await hoa.getByText("Không còn cuộc nào cần đọc").waitFor();
    await hoa.keyboard.press("Escape");
    await page.getByText("mình đã nhờ một tư vấn viên", { exact: false }).waitFor();
    await lan.locator(".queue .case.edge-urgent").nth(waiting).waitFor();
    await lan.click(".menu summary");
    await lan.getByText("Đọc lại", { exact: true }).click();
    await lan.locator(".review-lines", { hasText: "mật khẩu mạnh" }).waitFor();
    await lan.locator("#review-weeks").waitFor();
    await lan.locator("dialog table td").first().waitFor();
    expect(await axeFindings(lan)).toEqual([]);
    await lan.keyboard.press("Escape");
    await page.getByText("Mình chưa muốn gặp ai").last().click();
    await lan.locator(".queue .case.edge-urgent").nth(waiting).waitFor({ state: "detached" });
    await page.close();
  }, 60_000);

  it("a trial of the alarm says that it is one, and is answered with one press", async () => {
    // The first trial of a house comes after a shift: the server's own answer is shown with one in it.
    await hoa.route("**/console/api/queue", async (route) => {
      const response = await route.fetch();
      const queue = (await response.json()) as object;
      await route.fulfill({ response, json: { ...queue, drill: { id: "trial", at: Date.now() } } });
    });
    const heard = hoa.waitForRequest("**/console/api/drills/trial/heard");
    await hoa.reload();
    await hoa.getByText("Không có ai gặp nguy hiểm", { exact: false }).waitFor();
    expect(await axeFindings(hoa)).toEqual([]);
    await hoa.unroute("**/console/api/queue");
    await hoa.getByText("Tôi nghe thấy chuông").click();
    expect((await heard).method()).toBe("POST");
    await hoa.getByText("Không có ai gặp nguy hiểm", { exact: false }).waitFor({ state: "detached" });
  }, 60_000);

  it("in the end everybody was answered by one person, and read no word meant for another", async () => {
    for (const desk of [hoa, hoa, lan]) {
      const before = await desk.locator(".case.own").count();
      await desk.getByText("Nhận ca gấp nhất").click();
      await desk.locator(".case.own").nth(before).waitFor();
      await answer(desk, `Chào bạn, ${desk === hoa ? "Hoa" : "Lan"} nghe đây.`);
      await desk.locator(".said", { hasText: "nghe đây." }).waitFor();
    }
    for (const name of ["asking", "english", "parent"] as const) {
      const page = person(name);
      await page.getByText("nghe đây.").waitFor();
      expect(await page.getByText(/(Minh|Hoa|Lan)( nghe)? đây\./).count()).toBe(1);
    }
    await lan.getByText("Không có ai đang chờ.", { exact: false }).waitFor();
  }, 90_000);
});

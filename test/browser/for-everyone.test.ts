import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { axeFindings, openBrowser, openPage } from "../support/open-browser.ts";
import { type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

type Step = (page: Page) => Promise<void>;

async function write(page: Page, text: string): Promise<void> {
  await page.fill("#message", text);
  await page.press("#message", "Enter");
  await page.locator(".from-bot .bubble:not(.dots)").first().waitFor();
}

/** What a person may see, each reached as a person reaches it. */
const STATES: Readonly<Record<string, Step>> = {
  "the first screen": async () => {},
  "the numbers": async (page) => {
    await page.click("#help-button");
    await page.getByText("Các số khác").waitFor();
  },
  "an answer": (page) => write(page, "làm sao đặt mật khẩu an toàn"),
  "an answer in danger": async (page) => {
    await write(page, "nó dọa đăng ảnh của em nếu em không gửi tiền");
    await page.locator(".log a[href='tel:111']").first().waitFor();
  },
  "waiting for a person": async (page) => {
    await write(page, "cho em nói chuyện với người thật");
    await page.locator(".status-waiting").waitFor();
  },
  "a lesson": async (page) => {
    await write(page, "em muốn học an toàn mạng");
    await page.locator(".choices").last().locator("button").first().click();
    await page.locator(".from-person").nth(1).waitFor();
    await page.locator(".choices").nth(1).waitFor();
  },
  "a code to come back": async (page) => {
    await write(page, "làm sao đặt mật khẩu an toàn");
    await page.click("#help-button");
    await page.getByText("Lưu mã để quay lại").click();
    await page.getByText("Cho mình mã").click();
    await page.getByText("Mình đã chép xong").waitFor();
  },
  "no connection": async (page) => {
    await write(page, "làm sao đặt mật khẩu an toàn");
    await page.context().setOffline(true);
    await page.locator(".status-lost").waitFor();
    await page.fill("#message", "em vẫn ở đây");
    await page.press("#message", "Enter");
  },
};
const NAMES = Object.keys(STATES);
const HEARD = new Set(["link", "button", "heading", "log", "textbox"]);

/** Touch targets under 44 px; links inside a sentence may be as small as their words. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a[href], textarea, summary, input")].flatMap(
      (each) => {
        const { width, height } = each.getBoundingClientRect();
        const isInSentence = each.matches("p a") && getComputedStyle(each).display === "inline";
        if (width === 0 || isInSentence || each.matches(".exit-first")) return [];
        return width >= 44 && height >= 44 ? [] : [`${each.innerText || each.id} ${width}×${height}`];
      },
    ),
  );
}

/** Text that its own box cuts off, and anything wider than the page. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut = [...document.querySelectorAll<HTMLElement>("#chat *")].flatMap((each) => {
      const { overflowX, overflowY, clip } = getComputedStyle(each);
      if (clip !== "auto" || each.clientWidth === 0 || each.matches(".unseen, textarea, .talk")) return [];
      const isCut =
        (overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1) ||
        (overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1);
      const { left, right } = each.getBoundingClientRect();
      const isOutside = left < -1 || right > window.innerWidth + 1;
      return isCut || isOutside ? [`${each.className || each.tagName}: ${each.innerText.slice(0, 30)}`] : [];
    });
    return document.documentElement.scrollWidth > window.innerWidth ? ["the page", ...cut] : cut;
  });
}

describe("everyone can use the chat", () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  async function visit(name: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
    const { page } = await openPage(browser, options);
    await page.goto(`${server.base}/chat`);
    await page.locator("#message").waitFor();
    await STATES[name]?.(page);
    return page;
  }

  it.each(NAMES)(
    "%s: no mistake that axe knows, light, dark and with forced colours",
    async (name) => {
      const page = await visit(name);
      expect(await axeFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await axeFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    },
    90_000,
  );

  it.each(NAMES)(
    "%s: every target is 44 px or more, and nothing is cut off on the smallest phone or at 200 and 400 %",
    async (name) => {
      const page = await visit(name, { viewport: { width: 320, height: 568 }, hasTouch: true });
      expect(await smallTargets(page)).toEqual([]);
      for (const [width, height] of [
        [320, 568],
        [640, 400],
        [320, 256],
      ] as const) {
        await page.setViewportSize({ width, height });
        expect(await cutOff(page)).toEqual([]);
      }
      await page.context().close();
    },
    90_000,
  );

  it("nothing moves by itself for whoever asked for that", async () => {
    const page = await visit("the first screen", { reducedMotion: "reduce" });
    await page.fill("#message", "làm sao đặt mật khẩu an toàn");
    await page.press("#message", "Enter");
    const moved: number[] = [];
    for (let looks = 0; looks < 20; looks++) {
      moved.push(
        await page.evaluate(
          () => document.getAnimations().filter(({ playState }) => playState === "running").length,
        ),
      );
      await page.waitForTimeout(50);
    }
    expect(Math.max(...moved)).toBe(0);
  }, 60_000);

  it("a screen reader hears the way out first, then who speaks, the talk in order, and last where to write", async () => {
    const page = await visit("an answer in danger");
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    // Depth first, as it is read aloud.
    const inOrder = (id: string): typeof nodes => {
      const node = byId.get(id);
      return node === undefined ? [] : [node, ...(node.childIds ?? []).flatMap(inOrder)];
    };
    const heard = inOrder(nodes[0]?.nodeId ?? "")
      .filter(({ ignored, role }) => !ignored && HEARD.has(String(role?.value)))
      .map(({ role, name }) => `${String(role?.value)} ${String(name?.value)}`);
    const at = (what: string) => heard.findIndex((each) => each.includes(what));
    expect(heard[0]).toBe("link Thoát nhanh");
    const order = [
      "Kề Bên",
      "Cần giúp gấp?",
      "log Cuộc trò chuyện",
      "111",
      "textbox Tin nhắn của bạn",
      "button Gửi",
    ];
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
    expect(Math.min(...order.map(at))).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it("the whole way by the keyboard alone: write, read the answer, choose, call, ask for the numbers and come back", async () => {
    const page = await visit("the first screen");
    const focused = () =>
      page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id || "");
    const tabTo = async (wanted: RegExp, key = "Tab") => {
      for (let presses = 0; presses < 40; presses++) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press(key);
      }
      throw new Error(`never reached ${wanted}`);
    };
    await tabTo(/^message$/);
    await page.keyboard.type("nó dọa đăng ảnh của em nếu em không gửi tiền");
    await page.keyboard.press("Enter");
    await page.locator(".choices button").first().waitFor();
    const choice = await page.locator(".choices").last().locator("button").first().innerText();
    await tabTo(new RegExp(choice), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".from-person").nth(1).waitFor();
    await tabTo(/111/, "Shift+Tab");
    await tabTo(/^Cần giúp gấp\?$/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Khi cần giúp ngay").waitFor();
    await tabTo(/^Quay lại/);
    await page.keyboard.press("Enter");
    await page.locator("#message").waitFor();
    await tabTo(/^message$/);
  }, 60_000);
});

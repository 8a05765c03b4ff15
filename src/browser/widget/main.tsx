import { render } from "preact";
import { createKeep } from "../kit/keep.ts";
import { onTripleShift } from "../kit/triple-shift.ts";
import { accentOf } from "./accent.ts";
import { ChatPage } from "./chat-page.tsx";
import { createChat } from "./create-chat.ts";
import type { ToFrame } from "./frame-messages.ts";
import { createHostBridge } from "./host-bridge.ts";
import { createLanguageChoice, type LanguageChoice } from "./language-choice.ts";
import { createMoreToCome } from "./load-more.ts";
import { blankPage, leavePage } from "./quick-exit.ts";
import { readSetting } from "./setting.ts";
import { VI } from "./words.ts";

const setting = readSetting(location.hash, window.parent !== window);
const more = createMoreToCome();
let language: LanguageChoice | null = null;
const chat = createChat({
  keep: createKeep("n."),
  locale: () => language?.state ?? setting.locale,
  poll: () => more.state?.openPoll ?? null,
});
const bridge = setting.host === null ? null : createHostBridge(setting.host, hear);
let isShown = true;
let seenEntries = 0;

function hear(message: ToFrame): void {
  switch (message.t) {
    case "locale":
      return language?.choose(message.locale);
    case "wipe":
      return forget();
    case "opened":
    case "closed":
    default:
      isShown = message.t === "opened";
      if (isShown) document.getElementById("start")?.focus();
      countUnread();
  }
}

/** While the panel is closed, the button on the host page says that there is news. */
function countUnread(): void {
  const { entries } = chat.state;
  if (isShown) seenEntries = entries.at(-1)?.seq ?? 0;
  const count = entries.filter(({ seq, from }) => seq > seenEntries && from !== "person").length;
  bridge?.tell({ t: "unread", count });
}

function forget(): void {
  chat.wipe();
  blankPage();
  try {
    window.sessionStorage.clear();
  } catch {
    // Nothing was stored then.
  }
  bridge?.tell({ t: "wiped" });
}

function exit(): void {
  // The host page blanks itself and leaves; alone, this page does.
  if (bridge === null) return leavePage({ wipe: () => chat.wipe(), to: setting.exit });
  bridge.tell({ t: "exit" });
  forget();
}

function dress(): void {
  const accent = accentOf(setting.color);
  if (accent === null) return;
  document.documentElement.style.setProperty("--fill", accent.fill);
  document.documentElement.style.setProperty("--on-fill", accent.onFill);
}

/** Phones that lay their keyboard over the page say how much of it is left. */
function fitToScreen(): void {
  const view = window.visualViewport;
  if (!view || bridge !== null) return;
  view.addEventListener("resize", () => {
    if (view.scale === 1) document.documentElement.style.setProperty("--height", `${view.height}px`);
  });
}

/** Every way out works before anything else of the page does. */
function openExits(): void {
  onTripleShift(document, exit, (left) => {
    const news = document.getElementById("exit-news");
    const { words } = more.state !== null && language?.state === "en" ? more.state.EN_PACK : { words: VI };
    if (news !== null) news.textContent = left === 1 ? words.exitOneMore : "";
  });
  for (const link of document.querySelectorAll("[data-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      exit();
    });
  }
}

function watchUnread(): void {
  let before = chat.state.entries;
  chat.subscribe(() => {
    language?.follow(chat.state.spoken);
    if (chat.state.entries === before) return;
    before = chat.state.entries;
    countUnread();
  });
}

async function start(): Promise<void> {
  // The words of this file are Vietnamese: another language waits for its own, unless they cannot be had.
  const isVietnamese = setting.locale === "vi" || (await more.load()) === null;
  language = createLanguageChoice({
    first: isVietnamese ? "vi" : setting.locale,
    has: async (locale) => locale === "vi" || (await more.load()) !== null,
  });
  watchUnread();
  const root = document.getElementById("chat");
  if (root === null) return;
  root.replaceChildren();
  const onClose = bridge === null ? null : () => bridge.tell({ t: "close" });
  render(
    <ChatPage
      chat={chat}
      language={language}
      more={more}
      asker={setting.asker}
      onExit={exit}
      onClose={onClose}
    />,
    root,
  );
  bridge?.tell({ t: "ready" });
  void more.load();
}

dress();
fitToScreen();
openExits();
void start();

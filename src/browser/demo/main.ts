import { isLocale, type Locale } from "../kit/locale.ts";
import { onTripleShift } from "../kit/triple-shift.ts";
import { leavePage } from "../widget/quick-exit.ts";

const EXIT = "[data-ke-ben-exit]";
const ONE_MORE: Readonly<Record<Locale, string>> = {
  vi: "Nhấn Shift một lần nữa để thoát",
  en: "Press Shift once more to leave",
};

const widget = document.querySelector<HTMLScriptElement>("script[src='/widget.js']");

/** Shows one language of the page, and tells the widget by its own script tag. */
function show(locale: Locale): void {
  document.documentElement.lang = locale;
  for (const part of document.querySelectorAll<HTMLElement>("[data-shown]"))
    part.hidden = part.dataset["shown"] !== locale;
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
    button.setAttribute("aria-pressed", `${button.dataset["language"] === locale}`);
  }
  if (widget === null) return;
  widget.dataset["locale"] = locale;
  widget.dataset["label"] = locale === "vi" ? "Cần nói chuyện?" : "Need to talk?";
}

/** Leaves as the chat does. Where the widget is on the page, it hears the same click and wipes its own part first. */
function exit(): void {
  const link = document.querySelector<HTMLAnchorElement>(EXIT);
  if (link === null) return;
  if (widget === null) leavePage({ wipe: () => {}, to: link.href });
  else link.click();
}

/** From page to page of ours without a step in the history: Back leads out, not to what was read here. */
function openWithoutTrace(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a") : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link === null || !isPlain || event.defaultPrevented) return;
  if (link.matches(EXIT) && widget === null) {
    event.preventDefault();
    exit();
  } else if (link.hasAttribute("data-no-trace")) {
    event.preventDefault();
    location.replace(link.href);
  }
}

for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
  button.addEventListener("click", () => {
    const wanted = button.dataset["language"];
    if (isLocale(wanted)) show(wanted);
  });
}
document.addEventListener("click", openWithoutTrace);
onTripleShift(document, exit, (left) => {
  const news = document.getElementById("exit-news");
  const locale = document.documentElement.lang;
  if (news !== null) news.textContent = left === 1 && isLocale(locale) ? ONE_MORE[locale] : "";
});
if (new URLSearchParams(location.hash.slice(1)).get("locale") === "en") show("en");

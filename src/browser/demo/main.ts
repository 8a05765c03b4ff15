import { isLocale, type Locale } from "../kit/locale.ts";

/** Shows one language of the page, and tells the widget by its own script tag. */
function show(locale: Locale): void {
  document.documentElement.lang = locale;
  for (const part of document.querySelectorAll<HTMLElement>("[data-shown]"))
    part.hidden = part.dataset["shown"] !== locale;
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
    button.setAttribute("aria-pressed", `${button.dataset["language"] === locale}`);
  }
  const widget = document.querySelector<HTMLScriptElement>("script[src='/widget.js']");
  if (widget === null) return;
  widget.dataset["locale"] = locale;
  widget.dataset["label"] = locale === "vi" ? "Cần nói chuyện?" : "Need to talk?";
}

for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
  button.addEventListener("click", () => {
    const wanted = button.dataset["language"];
    if (isLocale(wanted)) show(wanted);
  });
}

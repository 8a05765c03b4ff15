import { onTripleShift } from "../kit/triple-shift.ts";
import { pack, type ToFrame, type ToHost, unpackForHost } from "./frame-messages.ts";
import { leaveHost } from "./leave-host.ts";
import { readOption } from "./loader-option.ts";
import { createLoaderView } from "./loader-view.ts";
import { LOADER_WORDS } from "./loader-words.ts";

// Below this the panel would leave no room beside it: it becomes a sheet over the whole screen.
const SHEET_WIDTH = "(max-width: 520px), (max-height: 460px)";

const script = ownScript();
if (script !== null) whenBody(() => mount(script));

function ownScript(): HTMLScriptElement | null {
  const { currentScript } = document;
  return currentScript instanceof HTMLScriptElement
    ? currentScript
    : document.querySelector("script[src$='/widget.js']");
}

function whenBody(then: () => void): void {
  if (document.body) then();
  else document.addEventListener("DOMContentLoaded", then);
}

/** One button on the host page; nothing else is loaded or kept before it is tapped. */
function mount(tag: HTMLScriptElement): void {
  const { origin } = new URL(tag.src, location.href);
  const view = createLoaderView();
  const sheet = window.matchMedia(SHEET_WIDTH);
  let frame: HTMLIFrameElement | null = null;
  let unread = 0;
  let isReady = false;
  let onWiped = () => {};
  let silenced: Element[] = [];

  const dress = () => view.dress(readOption(tag), unread);
  const tell = (message: ToFrame) => frame?.contentWindow?.postMessage(pack(message), origin);
  const isOpen = () => !view.panel.hidden;

  function open(): void {
    if (frame === null) {
      frame = createFrame();
      onTripleShift(document, exit);
    }
    view.panel.hidden = false;
    view.button.hidden = true;
    fit();
    dress();
    if (isReady) greet();
    else view.closeWait.focus();
  }

  function close(): void {
    view.panel.hidden = true;
    view.button.hidden = false;
    fit();
    dress();
    tell({ t: "closed" });
    view.button.focus();
  }

  function greet(): void {
    frame?.focus();
    tell({ t: "opened" });
  }

  function exit(): void {
    const wiped = isReady ? new Promise<void>((resolve) => (onWiped = resolve)) : null;
    leaveHost({ wiped, to: readOption(tag).exit });
    tell({ t: "wipe" });
  }

  function createFrame(): HTMLIFrameElement {
    const option = readOption(tag);
    const made = document.createElement("iframe");
    const given = new URLSearchParams({ host: location.origin, locale: option.locale, exit: option.exit });
    if (option.audience !== "") given.set("audience", option.audience);
    if (option.accent !== null) given.set("color", option.accent.fill);
    made.src = `${origin}/chat#${given}`;
    made.title = LOADER_WORDS[option.locale].chat;
    made.referrerPolicy = "no-referrer";
    made.style.visibility = "hidden";
    view.panel.append(made);
    return made;
  }

  /** On a phone the sheet covers the page, so the page behind it is out of reach too; a keyboard makes it lower. */
  function fit(): void {
    const isSheet = isOpen() && sheet.matches;
    view.panel.parentElement?.classList.toggle("sheet", isSheet);
    for (const element of silenced) element.removeAttribute("inert");
    silenced = isSheet
      ? [...document.body.children].filter((each) => each !== view.host && !each.hasAttribute("inert"))
      : [];
    for (const element of silenced) element.setAttribute("inert", "");
    const area = window.visualViewport;
    if (!area) return;
    view.panel.style.setProperty("--ke-ben-top", `${area.offsetTop}px`);
    view.panel.style.setProperty("--ke-ben-height", `${area.height}px`);
  }

  function hear(message: ToHost): void {
    switch (message.t) {
      case "ready":
        isReady = true;
        if (frame !== null) frame.style.visibility = "visible";
        view.wait.hidden = true;
        if (isOpen()) greet();
        return;
      case "close":
        return close();
      case "exit":
        return exit();
      case "wiped":
        return onWiped();
      case "unread":
        unread = message.count;
        return dress();
      default:
    }
  }

  view.button.addEventListener("click", open);
  // Links and buttons of the host page may open the chat too.
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.target.closest("[data-ke-ben-open]") === null) return;
    event.preventDefault();
    open();
  });
  view.closeWait.addEventListener("click", close);
  sheet.addEventListener("change", fit);
  window.visualViewport?.addEventListener("resize", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  window.addEventListener("message", (event) => {
    if (frame === null || event.source !== frame.contentWindow || event.origin !== origin) return;
    const message = unpackForHost(event.data);
    if (message !== null) hear(message);
  });
  new MutationObserver(() => {
    dress();
    tell({ t: "locale", locale: readOption(tag).locale });
  }).observe(tag, { attributes: true });
  dress();
  document.body.append(view.host);
}

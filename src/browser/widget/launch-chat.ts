import { onTripleShift } from "../kit/triple-shift.ts";
import { pack, type ToFrame, type ToHost, unpackForHost } from "./frame-messages.ts";
import { leaveHost } from "./leave-host.ts";
import type { LoaderOption } from "./loader-option.ts";
import { createLoaderView } from "./loader-view.ts";
import { CHAT_NAME } from "./loader-words.ts";

// Below this the panel would leave no room beside it: it becomes a sheet over the whole screen.
const SHEET_WIDTH = "(max-width: 520px), (max-height: 460px)";

export interface Launched {
  open(): void;
  close(): void;
  /** The option has changed: shows it, and tells the chat. */
  refresh(): void;
  remove(): void;
}

/**
 * One button, and the chat behind it; nothing is loaded or kept before it is tapped. `place` is an element of the page
 * to stand in; null floats above the page.
 */
export function launchChat(deps: {
  readonly origin: string;
  readonly place: Element | null;
  /** Read anew at each use. */
  readonly option: () => LoaderOption;
}): Launched {
  const { origin, place, option } = deps;
  const view = createLoaderView(place !== null);
  const sheet = window.matchMedia(SHEET_WIDTH);
  const gone = new AbortController();
  let frame: HTMLIFrameElement | null = null;
  let unread = 0;
  let isReady = false;
  let onWiped = () => {};
  let silenced: Element[] = [];

  const dress = () => view.dress(option(), unread);
  const tell = (message: ToFrame) => frame?.contentWindow?.postMessage(pack(message), origin);
  const isOpen = () => !view.panel.hidden;
  const { signal } = gone;
  const on = (target: EventTarget, name: string, then: (event: Event) => void) =>
    target.addEventListener(name, then, { signal });

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
    // Not on the exit: whoever presses Enter twice wanted to open.
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
    // The keys are listened to for as long as the page lives.
    if (signal.aborted) return;
    const wiped = isReady ? new Promise<void>((resolve) => (onWiped = resolve)) : null;
    leaveHost({ wiped, to: option().exit });
    tell({ t: "wipe" });
  }

  function createFrame(): HTMLIFrameElement {
    const { locale, exit: exitTo, audience, accent } = option();
    const made = document.createElement("iframe");
    const given = new URLSearchParams({ host: location.origin, locale, exit: exitTo });
    if (audience !== "") given.set("audience", audience);
    if (accent !== null) given.set("color", accent.fill);
    made.src = `${origin}/chat#${given}`;
    made.title = CHAT_NAME;
    made.referrerPolicy = "no-referrer";
    made.style.visibility = "hidden";
    view.panel.append(made);
    return made;
  }

  /** On a phone the sheet covers the page, so the page behind it is out of reach too; a keyboard makes it lower. */
  function fit(): void {
    const isSheet = place === null && isOpen() && sheet.matches;
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

  on(view.button, "click", open);
  on(view.closeWait, "click", close);
  on(view.exitWait, "click", exit);
  // Links and buttons of the host page may open the chat, or leave, too.
  on(document, "click", (event) => {
    const { target } = event;
    const wish = target instanceof Element ? target.closest("[data-ke-ben-open],[data-ke-ben-exit]") : null;
    if (wish === null) return;
    event.preventDefault();
    if (wish.hasAttribute("data-ke-ben-exit")) exit();
    else open();
  });
  on(sheet, "change", fit);
  if (window.visualViewport) on(window.visualViewport, "resize", fit);
  on(document, "keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape" && isOpen()) close();
  });
  on(window, "message", (event) => {
    const { source, origin: from, data } = event as MessageEvent<unknown>;
    if (frame === null || source !== frame.contentWindow || from !== origin) return;
    const message = unpackForHost(data);
    if (message !== null) hear(message);
  });
  dress();
  (place ?? document.body).append(view.host);

  return {
    open,
    close,
    refresh() {
      dress();
      tell({ t: "locale", locale: option().locale });
    },
    remove() {
      if (isOpen()) close();
      gone.abort();
      view.host.remove();
    },
  };
}

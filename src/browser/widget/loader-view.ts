import { firstNumber } from "../kit/first-number.ts";
import { applyStyle } from "./loader-style.ts";
import { CHAT_NAME, LOADER_WORDS } from "./loader-words.ts";
import type { LoaderOption } from "./loader-option.ts";

export interface LoaderView {
  readonly host: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly closeWait: HTMLButtonElement;
  readonly exitWait: HTMLButtonElement;
  /** Shown until the frame has said that it is there; when it never does, the number stays. */
  readonly wait: HTMLElement;
  dress(option: LoaderOption, unread: number): void;
}

const OWN_FILL = "#1c6963";
const SVG = "http://www.w3.org/2000/svg";
const BUBBLES = [
  ["M13 5a10 10 0 1 1-4.500 18.900L3.400 25.200l1.300-4.600A10 10 0 0 1 13 5z", "currentColor"],
  ["M22.600 13a6.400 6.400 0 0 1 5.400 9.900l.9 3.300-3.500-.9A6.400 6.400 0 1 1 22.600 13z", "#f2a76b"],
] as const;

/** One button and one panel, in a closed shadow root; `isInline` when they stand in the page and not above it. */
export function createLoaderView(isInline: boolean): LoaderView {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  applyStyle(root);
  const side = element("div");
  side.className = isInline ? "chat in" : "chat";
  const button = element("button");
  button.className = "open";
  const label = element("span");
  const news = element("b");
  button.append(bubbles(), label, news);
  const panel = element("div");
  panel.className = "panel";
  panel.hidden = true;
  panel.setAttribute("role", isInline ? "region" : "dialog");
  const wait = element("div");
  wait.className = "wait";
  const opening = element("p");
  const call = element("a");
  const exitWait = element("button");
  const closeWait = element("button");
  wait.append(exitWait, opening, call, closeWait);
  panel.append(wait);
  side.append(button, panel);
  root.append(side);

  return {
    host,
    button,
    panel,
    wait,
    closeWait,
    exitWait,
    dress(option, unread) {
      const words = LOADER_WORDS[option.locale];
      side.lang = option.locale;
      side.classList.toggle("left", option.isLeft);
      label.textContent = option.label;
      news.hidden = unread === 0;
      news.textContent = `${unread}`;
      button.setAttribute(
        "aria-label",
        unread === 0 ? option.label : `${option.label} (${unread} ${words.news})`,
      );
      button.setAttribute("aria-expanded", `${!panel.hidden}`);
      panel.setAttribute("aria-label", CHAT_NAME);
      opening.textContent = words.opening;
      closeWait.textContent = words.close;
      exitWait.textContent = words.exit;
      call.href = `tel:${firstNumber()}`;
      call.textContent = `${words.call} ${firstNumber()}`;
      // Always set: variables of the host page reach into a shadow root, whatever else is shut out.
      side.style.setProperty("--ke-ben-fill", option.accent?.fill ?? OWN_FILL);
      side.style.setProperty("--ke-ben-on", option.accent?.onFill ?? "#fff");
    },
  };
}

function element<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] {
  return document.createElement(name);
}

function bubbles(): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("aria-hidden", "true");
  for (const [path, color] of BUBBLES) {
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", path);
    shape.setAttribute("fill", color);
    svg.append(shape);
  }
  return svg;
}

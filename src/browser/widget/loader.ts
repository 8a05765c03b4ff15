import { launchChat } from "./launch-chat.ts";
import { readOption } from "./loader-option.ts";

const script = ownScript();
if (script !== null) whenBody(() => start(script));

function ownScript(): HTMLScriptElement | null {
  const { currentScript } = document;
  return currentScript instanceof HTMLScriptElement
    ? currentScript
    : document.querySelector("script[src$='/widget.js']");
}

function whenBody(then: () => void): void {
  // The place for an inline chat may stand below the script.
  if (document.readyState !== "loading") then();
  else document.addEventListener("DOMContentLoaded", then);
}

function start(tag: HTMLScriptElement): void {
  const { inline } = tag.dataset;
  const launched = launchChat({
    origin: new URL(tag.src, location.href).origin,
    // Where the place is missing, people still find the button.
    place: inline ? document.querySelector(inline) : null,
    option: () => readOption(tag.dataset),
  });
  new MutationObserver(() => launched.refresh()).observe(tag, { attributes: true });
}

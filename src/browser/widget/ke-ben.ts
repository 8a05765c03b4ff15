import { launchChat } from "./launch-chat.ts";
import { readOption } from "./loader-option.ts";

/** As the attributes of the script tag; all but `server` may be left out. */
export interface MountOptions {
  /** Address of the server that answers, such as `https://chat.example.org`. Default: where this file came from. */
  readonly server?: string;
  readonly locale?: "vi" | "en";
  /** Who most visitors of the page are; each may still say otherwise. */
  readonly audience?: "teen" | "parent";
  /** Six hex digits, with or without "#". */
  readonly color?: string;
  /** The words on the button. */
  readonly label?: string;
  /** Where quick exit goes: a web address. */
  readonly exit?: string;
  /** Which corner; only for a chat that floats. */
  readonly position?: "left" | "right";
}

export interface Mounted {
  open(): void;
  close(): void;
  update(options: MountOptions): void;
  remove(): void;
}

/**
 * Puts the chat into an element of the page, or, with null, as a button above it. Call it when the element is there;
 * nothing is loaded before the button is tapped.
 */
export function mount(element: Element | null, options: MountOptions = {}): Mounted {
  let given = options;
  const launched = launchChat({
    origin: new URL(options.server ?? import.meta.url).origin,
    place: element,
    option: () => readOption(given),
  });
  return {
    open: () => launched.open(),
    close: () => launched.close(),
    update(changed) {
      given = { ...given, ...changed };
      launched.refresh();
    },
    remove: () => launched.remove(),
  };
}

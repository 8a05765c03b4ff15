import type { Locale } from "../kit/locale.ts";

/** What the loader on the host page and the chat in its frame tell each other; both check the other's exact origin. */
export type ToFrame =
  | { readonly t: "opened" }
  | { readonly t: "closed" }
  | { readonly t: "locale"; readonly locale: Locale }
  /** The person leaves: forget everything now. */
  | { readonly t: "wipe" };

export type ToHost =
  | { readonly t: "ready" }
  | { readonly t: "close" }
  | { readonly t: "exit" }
  | { readonly t: "wiped" }
  | { readonly t: "unread"; readonly count: number };

const NAME = "ke-ben";

export function pack(message: ToFrame | ToHost): unknown {
  return { ...message, app: NAME };
}

/** What the loader said, or null for anything else that flies around on a page. */
export function unpackForFrame(data: unknown): ToFrame | null {
  return isOurs(data) ? (data as unknown as ToFrame) : null;
}

/** What the chat said, or null. */
export function unpackForHost(data: unknown): ToHost | null {
  return isOurs(data) ? (data as unknown as ToHost) : null;
}

// The sender's window and origin were checked before: it is the other half of this very bundle.
function isOurs(data: unknown): data is object {
  return typeof data === "object" && data !== null && "app" in data && data.app === NAME;
}

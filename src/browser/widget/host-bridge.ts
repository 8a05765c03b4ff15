import { pack, type ToFrame, type ToHost, unpackForFrame } from "./frame-messages.ts";

export interface HostBridge {
  tell(message: ToHost): void;
}

/** The frame's end: speaks to the one origin that opened it, and hears nobody else. */
export function createHostBridge(host: string, hear: (message: ToFrame) => void): HostBridge {
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== host) return;
    const message = unpackForFrame(event.data);
    if (message !== null) hear(message);
  });
  return { tell: (message) => window.parent.postMessage(pack(message), host) };
}

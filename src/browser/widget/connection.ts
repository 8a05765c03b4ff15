import type { ClientFrame, ServerFrame } from "../../wire/chat.ts";

/** One way to the server, from its opening to its end. It never comes back by itself: the chat line opens another. */
export interface Connection {
  /** False when nothing can be sent now. */
  send(frame: ClientFrame): boolean;
  /** Ends it without a word to `onEnd`. */
  close(): void;
}

export interface ConnectionEvents {
  /** The first frame of each connection: who we are and what we have. */
  readonly hello: () => ClientFrame;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onEnd: () => void;
}

export type Connect = (events: ConnectionEvents) => Connection;

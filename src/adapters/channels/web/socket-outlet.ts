import type { WebSocket } from "ws";
import type { ChatOutlet } from "./chat-session.ts";

const MAX_BUFFERED_BYTES = 1024 * 1024;

export function createSocketOutlet(socket: WebSocket): ChatOutlet {
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      // A page that does not read is cut; it comes back and catches up by number.
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate();
      socket.send(JSON.stringify(frame));
    },
    close(why) {
      if (why === "hostile") socket.close(1008, "bad frames");
      else socket.close(1011, "try again");
    },
  };
}

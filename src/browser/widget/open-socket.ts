import type { ServerFrame } from "../../wire/chat.ts";
import type { Connect } from "./connection.ts";

/** The usual way: one WebSocket. */
export const openSocket: Connect = ({ hello, onFrame, onEnd }) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/chat/socket`);
  let isOver = false;
  socket.onopen = () => socket.send(JSON.stringify(hello()));
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    // Our own server speaks here, over our own origin: the shape is the contract of src/wire.
    if (!isOver && typeof data === "string") onFrame(JSON.parse(data) as ServerFrame);
  };
  socket.onclose = () => {
    if (!isOver) onEnd();
  };
  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close() {
      isOver = true;
      socket.close();
    },
  };
};

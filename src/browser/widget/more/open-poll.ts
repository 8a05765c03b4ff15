import type { ClientFrame, PollAnswer } from "../../../wire/chat.ts";
import type { Connect } from "../connection.ts";

const PATH = "/chat/poll";
// The server answers a waiting request within 25 s.
const ANSWER_WITHIN_MS = 40_000;
const EMPTY_AGAIN_MS = 1000;
const TYPING_EVERY_MS = 3000;

/**
 * For networks that let no WebSocket through: one request waits at the server for what comes next, others carry what
 * is said. The frames are the same, and so is their order by number.
 */
export const openPoll: Connect = ({ hello, onFrame, onEnd }) => {
  const stop = new AbortController();
  let toldTypingAt = 0;
  const isOver = () => stop.signal.aborted;

  async function ask(frames: readonly ClientFrame[], wait: boolean): Promise<boolean> {
    const own = new AbortController();
    const abort = () => own.abort();
    stop.signal.addEventListener("abort", abort);
    const late = setTimeout(abort, ANSWER_WITHIN_MS);
    try {
      const response = await fetch(PATH, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ hello: hello(), frames, wait }),
        credentials: "omit",
        cache: "no-store",
        signal: own.signal,
      });
      if (!response.ok) throw new Error(`${response.status}`);
      // Our own server again: the shape is the contract of src/wire.
      const answer = (await response.json()) as PollAnswer;
      for (const frame of answer.frames) if (!isOver()) onFrame(frame);
      return answer.frames.length > 1;
    } finally {
      clearTimeout(late);
      stop.signal.removeEventListener("abort", abort);
    }
  }

  function fail(): void {
    if (isOver()) return;
    stop.abort();
    onEnd();
  }

  async function listen(): Promise<void> {
    // The first answer comes at once: it says that this way is open.
    await ask([], false);
    while (!isOver()) {
      const from = Date.now();
      const hasNews = await ask([], true);
      // Another page of the same talk may have taken our place in waiting: then not in a tight circle.
      if (!hasNews && Date.now() - from < EMPTY_AGAIN_MS)
        await new Promise((resolve) => setTimeout(resolve, EMPTY_AGAIN_MS));
    }
  }

  listen().catch(fail);
  return {
    send(frame) {
      if (isOver()) return false;
      // Each is a request of its own here.
      if (frame.t === "typing" && Date.now() - toldTypingAt < TYPING_EVERY_MS) return true;
      if (frame.t === "typing") toldTypingAt = Date.now();
      ask(frame.t === "hello" ? [] : [frame], false).catch(fail);
      return true;
    },
    close: () => stop.abort(),
  };
};

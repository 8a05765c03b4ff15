import type { Inbox, Metrics } from "./ports.ts";

/** Counts what was taken in: taken in and not answered is how one sees that no process works. */
export function countTaken(enqueue: Inbox["enqueue"], metrics: Metrics): Inbox["enqueue"] {
  return async (message) => {
    const result = await enqueue(message);
    if (result === "new") metrics.count("messages_taken_total", { channel: message.channel });
    return result;
  };
}

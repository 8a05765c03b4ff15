import type { ConsoleEntry } from "../../wire/console.ts";
import { AlertIcon, ClockIcon } from "../kit/icons.tsx";
import { replyWindow } from "./reply-window.ts";
import { useClock } from "./use-clock.ts";
import type { Words } from "./words.ts";

const HOUR_MS = 3600 * 1000;

/** Until when this person can be answered on Zalo: in words, with a bar that says nothing more than the words do. */
export function ReplyMeter({
  entries,
  words,
}: {
  readonly entries: readonly ConsoleEntry[];
  readonly words: Words;
}) {
  const now = useClock();
  const heard = [...entries].reverse().find(({ from }) => from === "person");
  if (heard === undefined) return null;
  const { kind, leftMs } = replyWindow(heard.at, now);
  const hours = Math.ceil(leftMs / HOUR_MS);
  return (
    <p class={`reply-window window-${kind}`}>
      {kind === "shut" ? <AlertIcon /> : <ClockIcon />}
      {words[`zalo-${kind}`].replace("{hours}", String(hours))}
    </p>
  );
}

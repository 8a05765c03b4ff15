import type { FlowAct } from "./flow.ts";
import { plainWords } from "./plain-words.ts";

export type Navigation = Extract<FlowAct, "go-back" | "start-over" | "leave-guide">;

// Whole messages only: "quay lại với người yêu cũ" is a story, "quay lại" is a wish.
const WORDS: Readonly<Record<Navigation, readonly string[]>> = {
  "go-back": [
    "quay lại",
    "trở lại",
    "quay lại bước trước",
    "bước trước",
    "câu trước",
    "lùi lại",
    "về trước",
    "back",
    "go back",
    "previous",
    "previous step",
    "one step back",
  ],
  "start-over": [
    "bắt đầu lại",
    "làm lại",
    "làm lại từ đầu",
    "từ đầu",
    "lại từ đầu",
    "start over",
    "start again",
    "restart",
    "from the start",
    "from the beginning",
  ],
  "leave-guide": [
    "thoát",
    "thoát ra",
    "dừng",
    "dừng lại",
    "dừng ở đây",
    "thôi dừng",
    "không làm nữa",
    "không muốn trả lời nữa",
    "thôi không làm nữa",
    "hủy",
    "stop",
    "quit",
    "exit",
    "leave",
    "cancel",
    "stop here",
  ],
};

const MEANT = new Map(
  (Object.entries(WORDS) as [Navigation, readonly string[]][]).flatMap(([act, texts]) =>
    texts.map((text) => [plainWords(text), act] as const),
  ),
);
const POLITE =
  /^(?:thôi )?(?:cho (?:mình|em|con|tôi) |mình |em |con |tôi |please )?(?:muốn )?|(?: đi| nhé| nha| ạ| với| please)+$/gu;

/** Reads "quay lại", "start over", "thoát" … said as a whole message; null for anything else. */
export function readNavigation(text: string): Navigation | null {
  const bare = text
    .normalize("NFC")
    .toLowerCase()
    .trim()
    .replace(/[.!…]+$/u, "");
  return MEANT.get(plainWords(bare)) ?? MEANT.get(plainWords(bare.replace(POLITE, ""))) ?? null;
}

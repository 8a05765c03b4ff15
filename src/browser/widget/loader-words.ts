import type { Locale } from "../kit/locale.ts";

/** The name of panel and frame, the same in every language. */
export const CHAT_NAME = "Kề Bên";

export const LOADER_WORDS: Readonly<
  Record<Locale, Readonly<Record<"open" | "opening" | "call" | "close" | "exit" | "news", string>>>
> = {
  vi: {
    open: "Cần nói chuyện?",
    opening: "Đang mở… Nếu cần giúp ngay, hãy gọi (miễn phí):",
    call: "Gọi",
    close: "Đóng",
    exit: "Thoát nhanh",
    news: "tin mới",
  },
  en: {
    open: "Need to talk?",
    opening: "Opening… If you need help now, call (free):",
    call: "Call",
    close: "Close",
    exit: "Quick exit",
    news: "new",
  },
};

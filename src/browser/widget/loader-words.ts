import type { Locale } from "../kit/locale.ts";

export const LOADER_WORDS: Readonly<
  Record<Locale, Readonly<Record<"open" | "chat" | "opening" | "call" | "close" | "news", string>>>
> = {
  vi: {
    open: "Cần nói chuyện?",
    chat: "Kề Bên – trò chuyện",
    opening: "Đang mở… Nếu cần giúp ngay, hãy gọi (miễn phí):",
    call: "Gọi",
    close: "Đóng",
    news: "tin mới",
  },
  en: {
    open: "Need to talk?",
    chat: "Kề Bên – chat",
    opening: "Opening… If you need help now, call (free):",
    call: "Call",
    close: "Close",
    news: "new",
  },
};

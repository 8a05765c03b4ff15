const vi = {
  title: "Kề Bên trên Telegram và Zalo",
  intro:
    "Hai điện thoại để thử, không cần tài khoản. Máy chủ thật của Kề Bên đang chạy; Telegram và Zalo ở đây là bản mô phỏng trên máy này. Tắt đi là mất hết.",
  language: "Ngôn ngữ",
  phone: { telegram: "Kiểu Telegram", zalo: "Kiểu Zalo" },
  write: "Viết tin nhắn",
  send: "Gửi",
  edit: "Sửa tin vừa gửi",
  saveEdit: "Lưu",
  cancel: "Thôi",
  attach: { picture: "Gửi ảnh", voice: "Gửi giọng nói", sticker: "Gửi nhãn dán" },
  attached: { picture: "[ảnh]", voice: "[giọng nói]", sticker: "[nhãn dán]" },
  typing: "đang gõ…",
  trouble: "Sự cố",
  troubles: {
    none: "Không có",
    busy: "Bắt bot gửi chậm lại (429)",
    away: "Không gửi được (502)",
    slow: "Mỗi tin chậm 3 giây",
    twice: "Tin đến hai lần",
  },
  block: "Chặn bot",
  card: "Thẻ của Kề Bên",
  you: "Bạn",
  bot: "Kề Bên",
  empty: "Chưa có tin nào. Viết gì đó, ví dụ “có người dọa tung ảnh của em”.",
  ended: "Lệnh mô phỏng đã dừng.",
  more: "Thử thêm",
} as const;

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
export type Words = Same<typeof vi>;

const en: Words = {
  title: "Kề Bên on Telegram and Zalo",
  intro:
    "Two phones to try things on, without an account. The real server of Kề Bên is running; Telegram and Zalo are imitated on this machine. When it ends, everything is gone.",
  language: "Language",
  phone: { telegram: "Like Telegram", zalo: "Like Zalo" },
  write: "Write a message",
  send: "Send",
  edit: "Edit the last message",
  saveEdit: "Save",
  cancel: "Cancel",
  attach: { picture: "Send a picture", voice: "Send a voice message", sticker: "Send a sticker" },
  attached: { picture: "[picture]", voice: "[voice]", sticker: "[sticker]" },
  typing: "is typing…",
  trouble: "Trouble",
  troubles: {
    none: "None",
    busy: "The bot is told to slow down (429)",
    away: "Nothing can be sent (502)",
    slow: "Each message takes 3 seconds",
    twice: "Messages arrive twice",
  },
  block: "Block the bot",
  card: "A card of Kề Bên",
  you: "You",
  bot: "Kề Bên",
  empty: "Nothing yet. Write something, like “someone threatens to post my pictures”.",
  ended: "The command has ended.",
  more: "Try more",
};

export const WORDS = { vi, en } as const satisfies Record<"vi" | "en", Words>;

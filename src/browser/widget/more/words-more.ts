import type { Locale } from "../../kit/locale.ts";

const vi = {
  others: "Các số khác",
  call: "Gọi",
  traceTitle: "Làm sao để không ai biết?",
  trace: [
    "Nút “Thoát nhanh” xóa những gì đang hiện và mở trang khác. Trên bàn phím: nhấn Shift ba lần.",
    "Nó không xóa được lịch sử duyệt web. Hãy xóa riêng trong phần “Lịch sử” của trình duyệt.",
    "Lần sau hãy mở bằng tab ẩn danh: đóng tab là hết dấu vết trên máy.",
    "Trang này không gửi thông báo và không gọi lại cho bạn.",
    "Số đã gọi vẫn nằm trong nhật ký cuộc gọi. Gọi xong, bạn có thể xóa nó.",
  ],
  save: "Lưu mã để quay lại",
  title: "Mã để quay lại",
  why: "Nhập mã này ở máy khác hay tab khác là thấy lại cuộc trò chuyện. Không cần tên hay tài khoản.",
  guard: "Ai có mã cũng đọc được. Hãy chép ra giấy và cất ở chỗ chỉ mình bạn biết.",
  get: "Cho mình mã",
  notYet: "Mã chỉ dùng được sau khi bạn bấm nút này:",
  saved: "Mình đã chép xong",
  kept: (day: string) =>
    `Đã lưu. Mã dùng được đến ngày ${day}. Xóa hết cuộc trò chuyện thì mã cũng không còn. Lấy mã mới thì mã cũ hết dùng được.`,
  label: "Mã của bạn: bốn từ, mỗi từ hai tiếng, không cần dấu",
  enter: "Mở lại cuộc trò chuyện",
  working: "Đang xem…",
  unknown: "Không tìm thấy mã này. Xem lại từng từ nhé. Mã có thể đã hết hạn hoặc đã bị xóa.",
  "not-words": "Mã này chưa đúng. Mã có bốn từ, mỗi từ hai tiếng. Xem lại nhé.",
  "nothing-to-keep": "Chưa có cuộc trò chuyện nào để lưu.",
  wait: (seconds: number) => `Bạn thử hơi nhiều rồi. Đợi ${seconds} giây rồi thử lại nhé.`,
  failed: "Chưa làm được, có thể do mạng. Thử lại nhé.",
  back: "Quay lại",
};

const en: typeof vi = {
  others: "Other numbers",
  call: "Call",
  traceTitle: "How do I keep this to myself?",
  trace: [
    "“Quick exit” wipes what is shown and opens another page. On a keyboard: press Shift three times.",
    "It cannot clear the browser's history. Clear that yourself under “History” in the browser.",
    "Next time, open this in a private tab: when you close it, nothing stays on the device.",
    "This page sends no notifications and does not call you back.",
    "A number that you called stays in the call log. You can delete it there afterwards.",
  ],
  save: "Save a code to come back",
  title: "A code to come back",
  why: "Enter this code on another device or tab to find this chat again. No name, no account.",
  guard: "Anyone who has the code can read the chat. Write it on paper and keep it where only you look.",
  get: "Give me a code",
  notYet: "The code only works after you press this button:",
  saved: "I have written it down",
  kept: (day) =>
    `Saved. The code works until ${day}. If you delete the chat, the code is gone too. A new code ends the old one.`,
  label: "Your code: four words of two syllables each, no accents needed",
  enter: "Open the chat again",
  working: "Looking…",
  unknown: "There is no such code. Check each word. It may have expired or been deleted.",
  "not-words": "This code is not right yet. It has four words of two syllables each. Check it again.",
  "nothing-to-keep": "There is no chat to keep yet.",
  wait: (seconds) => `That was a lot of tries. Wait ${seconds} seconds, then try again.`,
  failed: "That did not work, perhaps because of the network. Try again.",
  back: "Back",
};

export type WordsMore = typeof vi;

export const WORDS_MORE: Readonly<Record<Locale, WordsMore>> = { vi, en };

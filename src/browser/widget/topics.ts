import type { Locale } from "../kit/locale.ts";
import type { Asker } from "./setting.ts";

/** Sentences to begin with: what is tapped is what is sent, so that nothing is said in a person's name unseen. */
export const TOPICS: Readonly<Record<Asker, Readonly<Record<Locale, readonly string[]>>>> = {
  teen: {
    vi: [
      "Em bị bắt nạt trên mạng",
      "Có người dọa tung ảnh riêng tư của em",
      "Người quen qua mạng rủ em gặp mặt",
      "Em bị lừa tiền trên mạng",
      "Em bị mất tài khoản",
      "Dạo này em buồn và mệt lắm",
    ],
    en: [
      "I am being bullied online",
      "Someone threatens to share my private pictures",
      "Someone I met online wants to meet me",
      "I was cheated out of money online",
      "I lost my account",
      "I have been feeling sad and tired",
    ],
  },
  parent: {
    vi: [
      "Con tôi bị bắt nạt trên mạng",
      "Con tôi bị dọa tung ảnh riêng tư",
      "Con tôi bị người lạ trên mạng làm quen",
      "Con tôi bị lừa tiền trên mạng",
      "Con tôi dùng điện thoại quá nhiều",
      "Nói với con về an toàn mạng thế nào?",
    ],
    en: [
      "My child is being bullied online",
      "Someone threatens to share my child's private pictures",
      "A stranger is getting close to my child online",
      "My child was cheated out of money online",
      "My child is on the phone too much",
      "How do I talk with my child about online safety?",
    ],
  },
};

/** Said when the person taps "delete everything"; the server then asks once whether they are sure. */
export const ERASE_REQUEST: Readonly<Record<Locale, string>> = {
  vi: "Xóa hết cuộc trò chuyện này",
  en: "Delete this whole conversation",
};

import type { Asker } from "./setting.ts";

/** Sentences to begin with: what is tapped is what is sent, so that nothing is said in a person's name unseen. */
export type Topics = Readonly<Record<Asker, readonly string[]>>;

export const TOPICS_VI: Topics = {
  teen: [
    "Em bị bắt nạt trên mạng",
    "Có người dọa tung ảnh riêng tư của em",
    "Người quen qua mạng rủ em gặp mặt",
    "Em bị lừa tiền trên mạng",
    "Em bị mất tài khoản",
    "Dạo này em buồn và mệt lắm",
  ],
  parent: [
    "Con tôi bị bắt nạt trên mạng",
    "Con tôi bị dọa tung ảnh riêng tư",
    "Con tôi bị người lạ trên mạng làm quen",
    "Con tôi bị lừa tiền trên mạng",
    "Con tôi dùng điện thoại quá nhiều",
    "Nói với con về an toàn mạng thế nào?",
  ],
};

import type { CardLink } from "../domain/conversation/message.ts";

/** Where this server shows a card: as a picture, or as a page to print. */
export function cardPath({ flow, step, locale, voice }: Omit<CardLink, "title">, as: "png" | "html"): string {
  return `/cards/${flow}/${step}.${locale}.${voice}.${as}`;
}

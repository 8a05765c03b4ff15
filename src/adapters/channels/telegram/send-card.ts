import { type Api, InputFile } from "grammy";
import type { CardPictures, Logger } from "../../../app/ports.ts";
import type { CardLink } from "../../../domain/conversation/message.ts";
import { judgeError } from "./judge-error.ts";

export interface CardDeps {
  readonly api: Pick<Api, "sendPhoto">;
  readonly cards: CardPictures;
  readonly log: Logger;
}

/**
 * Sends a card as a picture before the message that says the same in words; answers the picture's number. Rejects only with what also holds for
 * the words (too fast, no network): a picture that Telegram does not take must never keep them back.
 */
export function createCardSender({
  api,
  cards,
  log,
}: CardDeps): (address: string, card: CardLink) => Promise<number | null> {
  /** What Telegram calls pictures that it has already. */
  const known = new Map<string, string>();

  async function send(
    address: string,
    picture: { key: string; png: Uint8Array },
    title: string,
  ): Promise<number> {
    const fileId = known.get(picture.key);
    const sent = await api.sendPhoto(address, fileId ?? new InputFile(picture.png, "the-ke-ben.png"), {
      caption: title,
    });
    const largest = sent.photo.at(-1);
    if (largest !== undefined) known.set(picture.key, largest.file_id);
    return sent.message_id;
  }

  return async function sendCard(address, card) {
    const picture = await cards.draw(card);
    if (picture === null) return null;
    try {
      return await send(address, picture, card.title);
    } catch (error) {
      const trouble = judgeError(error);
      if (trouble.kind !== "refused" && trouble.kind !== "blocked") throw error;
      // A file id can die; next time the picture itself goes.
      known.delete(picture.key);
      log.warn("telegram-card-refused", { code: trouble.code });
      return null;
    }
  };
}

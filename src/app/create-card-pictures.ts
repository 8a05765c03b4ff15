import { type CardContent, cardContentOf } from "./card-content.ts";
import type { CardPictures, ContentSource, Logger } from "./ports.ts";

/** Pictures of the cards of the content that answers now. */
export function createCardPictures(
  content: ContentSource,
  draw: (card: CardContent) => Promise<Uint8Array>,
  log: Logger,
): CardPictures {
  return {
    async draw(link) {
      const card = cardContentOf(content.current(), link);
      if (card === null) return null;
      try {
        // The words themselves are the key: edited words are another picture.
        return { key: JSON.stringify(card), png: await draw(card) };
      } catch (cause) {
        log.error("card-not-drawn", { card: card.id, cause });
        return null;
      }
    },
  };
}

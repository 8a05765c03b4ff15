import type { CardPictures, Clock, Logger } from "../../../app/ports.ts";
import type { CardLink } from "../../../domain/conversation/message.ts";
import type { TokenKeeper } from "./token-keeper.ts";
import type { ZaloApi } from "./zalo-api.ts";

export interface CardDeps {
  readonly api: Pick<ZaloApi, "uploadImage" | "sendImage">;
  readonly tokens: Pick<TokenKeeper, "current">;
  readonly cards: CardPictures;
  readonly clock: Clock;
  readonly log: Logger;
}

// Zalo keeps an uploaded picture for seven days, and takes 5,000 uploads a month.
const KEPT_MS = 6 * 24 * 3600 * 1000;

/**
 * Sends a card as a picture before the message that says the same in words. Never rejects, and a failure is only
 * noted: the words follow in any case.
 */
export function createCardSender(deps: CardDeps): (userId: string, card: CardLink) => Promise<void> {
  const { api, tokens, cards, clock, log } = deps;
  const uploaded = new Map<string, { readonly id: string; readonly until: number }>();

  async function imageIdOf(card: CardLink, accessToken: string): Promise<string | null> {
    const picture = await cards.draw(card);
    if (picture === null) return null;
    const known = uploaded.get(picture.key);
    if (known !== undefined && known.until > clock.now()) return known.id;
    const result = await api.uploadImage(accessToken, picture.png);
    if (result.kind !== "ok") {
      log.warn("zalo-card-not-uploaded", {
        code: result.kind === "error" ? `ZALO_${result.code}` : "UNREACHABLE",
      });
      return null;
    }
    uploaded.set(picture.key, { id: result.id, until: clock.now() + KEPT_MS });
    return result.id;
  }

  return async function sendCard(userId, card) {
    const accessToken = await tokens.current();
    const imageId = await imageIdOf(card, accessToken);
    if (imageId === null) return;
    const result = await api.sendImage({ accessToken, userId }, imageId);
    if (result.kind === "ok") return;
    // The id may have died early; the next card is uploaded anew.
    for (const [key, { id }] of uploaded) if (id === imageId) uploaded.delete(key);
    log.warn("zalo-card-refused", { code: result.kind === "error" ? `ZALO_${result.code}` : "UNREACHABLE" });
  };
}

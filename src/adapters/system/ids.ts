import { createHmac, randomBytes } from "node:crypto";
import type { Ids } from "../../app/ports.ts";
import type { ChannelName } from "../../domain/conversation/message.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";

export const randomIds: Ids = { next: () => randomBytes(18).toString("base64url") };

/** Turns what a channel calls a person into our id: a keyed hash, so that a stolen store names nobody. */
export function createConversationIds(
  secret: Uint8Array,
): (channel: ChannelName, channelId: string) => ConversationId {
  return (channel, channelId) => {
    const hash = createHmac("sha256", secret)
      .update(channel)
      .update("\0")
      .update(channelId)
      .digest("base64url");
    return ConversationId.parse(`${channel[0] ?? "x"}${hash.slice(0, 27)}`);
  };
}

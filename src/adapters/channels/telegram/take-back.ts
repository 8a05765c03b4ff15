import type { Api } from "grammy";
import type { Clock, Logger, SentMarks } from "../../../app/ports.ts";
import { SENT_MARKS_KEPT_MS } from "../../../domain/conversation/sent-mark.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { judgeError } from "./judge-error.ts";

interface TakeBackDeps {
  readonly api: Pick<Api, "deleteMessages">;
  readonly store: { readonly sentMarks: SentMarks };
  readonly clock: Clock;
  readonly log: Logger;
}

/** A chat in which the person had everything deleted, and which time it was. */
interface ErasedChat {
  readonly conversationId: ConversationId;
  readonly address: string;
  readonly erasures: number;
}

const IDS_A_CALL = 100;
/** One message that is a second too old would have Telegram refuse all of its call. */
const MARGIN_MS = 60_000;

/**
 * Deletes what we sent into a chat before the person's last erasure. May be done again after a crash: Telegram skips
 * what is gone. Rejects with what may pass (too fast, no network); what Telegram refuses stays, and is forgotten here.
 */
export function createTakeBack(deps: TakeBackDeps): (chat: ErasedChat) => Promise<void> {
  const { api, store, clock, log } = deps;
  return async function takeBack({ conversationId, address, erasures }) {
    if (erasures === 0) return;
    const stale = (await store.sentMarks.of(conversationId)).filter((mark) => mark.erasures < erasures);
    if (stale.length === 0) return;
    const oldest = clock.now() - SENT_MARKS_KEPT_MS + MARGIN_MS;
    const ids = stale.filter(({ at }) => at >= oldest).map(({ message }) => message);
    for (let from = 0; from < ids.length; from += IDS_A_CALL) {
      try {
        await api.deleteMessages(address, ids.slice(from, from + IDS_A_CALL));
      } catch (error) {
        const trouble = judgeError(error);
        if (trouble.kind !== "refused" && trouble.kind !== "blocked") throw error;
        log.warn("telegram-take-back-refused", { code: trouble.code });
      }
    }
    await store.sentMarks.forget(conversationId, { before: erasures });
  };
}

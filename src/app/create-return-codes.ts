import type { Conversation } from "../domain/conversation/conversation.ts";
import type { ConversationId } from "../domain/kernel/ids.ts";
import { drawCode, readCode } from "../domain/return-code/return-code.ts";
import { isValidFor } from "../domain/return-code/return-ticket.ts";
import type { CodeVault } from "./code-vault.ts";
import type { Clock, Conversations, ReturnCodes as StoredCodes } from "./ports.ts";

export interface ReturnCodes {
  /** Draws a code and stores nothing. Null when there is no conversation to come back to. */
  offer(id: ConversationId): Promise<{ readonly words: readonly string[]; readonly proof: string } | null>;
  /** Stores the code that was offered; `until` in milliseconds since 1970. Null when it was not ours, or too long ago. */
  keep(talk: Talk, offered: Offered): Promise<{ readonly until: number } | null>;
  /** The chat key behind a code. Null for whatever is not a code that counts now; nobody learns why. */
  enter(words: readonly string[]): Promise<string | null>;
}

interface Talk {
  readonly id: ConversationId;
  /** What the page holds to prove that the conversation is its own. */
  readonly key: string;
}

interface Offered {
  readonly words: string;
  readonly proof: string;
}

const OFFERED_FOR_MS = 15 * 60_000;

/** Return by a code of words: shown only when asked for, stored only after the person has written it down. */
export function createReturnCodes(deps: {
  readonly store: Pick<Conversations, "load"> & { readonly returnCodes: StoredCodes };
  readonly vault: CodeVault;
  readonly clock: Clock;
  /** How long a code counts. */
  readonly keepMs: number;
}): ReturnCodes {
  const { store, vault, clock, keepMs } = deps;

  const proofOf = ({ id, openedAt }: Conversation, words: readonly string[], until: number) =>
    `${until}.${vault.sign(`${id} ${openedAt} ${words.join(" ")} ${until}`)}`;

  function isOurs(conversation: Conversation, words: readonly string[], proof: string): boolean {
    const until = Number(proof.split(".")[0]);
    return until > clock.now() && proof === proofOf(conversation, words, until);
  }

  return {
    async offer(id) {
      const conversation = await store.load(id);
      if (conversation === null) return null;
      const words = drawCode((below) => vault.pick(below));
      return { words, proof: proofOf(conversation, words, clock.now() + OFFERED_FOR_MS) };
    },
    async keep({ id, key }, { words: typed, proof }) {
      const words = readCode(typed);
      const conversation = await store.load(id);
      if (words === null || conversation === null || !isOurs(conversation, words, proof)) return null;
      const { lookup, seal } = await vault.derive(words);
      const expiresAt = clock.now() + keepMs;
      const { openedAt } = conversation;
      await store.returnCodes.keep({ lookup, conversationId: id, openedAt, box: seal(key), expiresAt });
      return { until: expiresAt };
    },
    async enter(words) {
      const { lookup, open } = await vault.derive(words);
      const ticket = await store.returnCodes.find(lookup);
      if (ticket === null) return null;
      const conversation = await store.load(ticket.conversationId);
      if (isValidFor(ticket, conversation, clock.now())) return open(ticket.box);
      await store.returnCodes.forget(ticket.conversationId);
      return null;
    },
  };
}

import { createInterface } from "node:readline/promises";
import { createCodeVault } from "../../adapters/system/code-vault.ts";
import { createConversationIds } from "../../adapters/system/ids.ts";
import { systemClock } from "../../adapters/system/system-clock.ts";
import { readStoreKey } from "../../adapters/stores/embedded/open-embedded-store.ts";
import { createReturnCodes } from "../../app/create-return-codes.ts";
import type { Store } from "../../app/ports.ts";
import type { Config } from "../../config.ts";
import type { Conversation } from "../../domain/conversation/conversation.ts";
import { readCode } from "../../domain/return-code/return-code.ts";
import { openStore } from "../shared/open-store.ts";

export interface FoundTalk {
  readonly store: Store;
  readonly conversation: Conversation;
}

/**
 * Asks for a return code on standard input, never as an argument: those are kept by shells and shown to everybody on the
 * machine. Null when there is no talk behind it; then the store is closed again.
 */
export async function findByCode(config: Config): Promise<FoundTalk | null> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const words = readCode(await prompt.question("The four words of the person: "));
  prompt.close();
  if (words === null) return null;
  const key = readStoreKey(config.DATA_DIR, config.STORE_KEY);
  const store = await openStore(config, key);
  const codes = createReturnCodes({
    ...{ store, vault: createCodeVault(key.secrets.returnCodes), clock: systemClock },
    keepMs: 0,
  });
  const chatKey = await codes.enter(words);
  const id = chatKey === null ? null : createConversationIds(key.secrets.conversationIds)("web", chatKey);
  const conversation = id === null ? null : await store.load(id);
  if (conversation !== null) return { store, conversation };
  await store.close();
  return null;
}

import { z } from "zod";
import type { ConversationId } from "../domain/kernel/ids.ts";
import type { Shelf } from "./ports.ts";

const KEPT_MS = 24 * 3600 * 1000;
const MOST_KEPT = 50;
const Numbers = z.array(z.number().int());
const nameOf = (id: ConversationId) => `undelivered-${id}`;

/** Numbers of the lines that the channel refused for good: a counsellor who talks must know that nobody hears them. */
export async function readUndelivered(shelf: Shelf, id: ConversationId): Promise<number[]> {
  const kept = Numbers.safeParse(await shelf.get(nameOf(id)));
  return kept.success ? kept.data : [];
}

export async function noteUndelivered(shelf: Shelf, id: ConversationId, seq: number): Promise<void> {
  const before = await readUndelivered(shelf, id);
  await shelf.put(nameOf(id), [...before.filter((each) => each !== seq), seq].slice(-MOST_KEPT), KEPT_MS);
}

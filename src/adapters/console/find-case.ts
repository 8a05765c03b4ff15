import type { Store } from "../../app/ports.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { HandoffId } from "../../domain/kernel/ids.ts";

/** Null as well for what can be no id. */
export async function findCase(store: Store, id: string): Promise<Handoff | null> {
  const parsed = HandoffId.safeParse(id);
  return parsed.success ? store.handoffs.get(parsed.data) : null;
}

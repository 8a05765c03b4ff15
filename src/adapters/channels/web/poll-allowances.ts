import type { Clock } from "../../../app/ports.ts";
import { type Allowance, createAllowance } from "./allowance.ts";
import { createMessageAllowance } from "./chat-session.ts";

// Each message is a request, each answer ends one, and a phone that comes and goes asks anew.
const REQUESTS = { burst: 60, perSecond: 4 } as const;
const MAX_KNOWN = 50_000;

interface Known {
  readonly messages: Allowance;
  readonly requests: Allowance;
}

/** What a socket would remember for as long as it is open, by conversation; the ones not seen for longest go first. */
export function createPollAllowances(clock: Clock): {
  messagesOf(conversationId: string): Allowance;
  requestsOf(conversationId: string): Allowance;
} {
  const known = new Map<string, Known>();
  const of = (id: string): Known => {
    const found = known.get(id) ?? {
      messages: createMessageAllowance(clock),
      requests: createAllowance({ ...REQUESTS, clock }),
    };
    known.delete(id);
    known.set(id, found);
    const oldest = known.keys().next().value;
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    return found;
  };
  return { messagesOf: (id) => of(id).messages, requestsOf: (id) => of(id).requests };
}

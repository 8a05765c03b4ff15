import { AppError } from "../../../app/errors.ts";
import type { Conversation } from "../../../domain/conversation/conversation.ts";
import type { Handoff } from "../../../domain/handoff/handoff.ts";
import { type ConversationId, HandoffId } from "../../../domain/kernel/ids.ts";
import { mendConversation } from "../../../domain/stored/mend-conversation.ts";
import { mendHandoff } from "../../../domain/stored/mend-handoff.ts";
import { readConversation } from "../../../domain/stored/read-conversation.ts";
import { readHandoff } from "../../../domain/stored/read-handoff.ts";
import type { RedisParts } from "./deps.ts";
import { bonds, partitionOf } from "./keys.ts";
import { bytesOrNull, list, text } from "./reply.ts";
import { MEND } from "./scripts/mend.ts";

type Parts = Pick<RedisParts, "link" | "keys" | "sealer" | "clock" | "onDamage">;

/** Reads conversations and cases; what cannot be read is moved aside and begun anew in the same write. */
export interface StateReader {
  conversation(id: ConversationId): Promise<Conversation | null>;
  /** What the case of this sealed value is; null where not even its conversation can be told. */
  handoff(id: HandoffId, sealed: Buffer): Promise<Handoff | null>;
}

// Only another process that mends the same state at the same moment makes it try again.
const MAX_TRIES = 5;

export function createStateReader(parts: Parts): StateReader {
  const { link, keys, sealer, clock, onDamage } = parts;

  function rawOf(sealed: Buffer, bond: string): { raw: unknown; aside: unknown } {
    try {
      const raw = sealer.open(sealed, bond);
      return { raw, aside: raw };
    } catch {
      return { raw: null, aside: { unopened: sealed.toString("base64") } };
    }
  }

  async function handoff(id: HandoffId, sealed: Buffer): Promise<Handoff | null> {
    const { raw, aside } = rawOf(sealed, bonds.handoff(id));
    const read = readHandoff(raw);
    if (read.kind === "read") return read.value;
    if (read.kind === "newer") throw writtenByNewer(read.schema);
    onDamage({ kind: "handoff", id });
    const mended = mendHandoff(raw, { id, of: null, now: clock.now() });
    if (mended === null) return null;
    const of = mended.conversationId;
    const name = `case-${clock.now()}`;
    const touched = [keys.cases(partitionOf(of)), keys.aside(of)];
    const kept = sealer.seal(aside, bonds.aside(of, name));
    await link.run(MEND, touched, [id, sealed, sealer.seal(mended, bonds.handoff(id)), name, kept, ""]);
    return mended;
  }

  /** The case that the conversation is in, if any. */
  async function openCaseOf(id: ConversationId): Promise<Handoff | null> {
    const cases = keys.cases(partitionOf(id));
    for (const each of list(await link.send(cases, ["SMEMBERS", keys.casesOf(id)]))) {
      const caseId = HandoffId.parse(text(each));
      const sealed = bytesOrNull(await link.send(cases, ["HGET", cases, caseId]));
      const found = sealed === null ? null : await handoff(caseId, sealed);
      if (found?.status === "waiting" || found?.status === "live") return found;
    }
    return null;
  }

  async function mend(id: ConversationId, sealed: Buffer): Promise<Conversation | null> {
    const key = keys.conversation(id);
    const { raw, aside } = rawOf(sealed, bonds.conversation(id));
    onDamage({ kind: "conversation", id });
    const [revision, lastSeq] = list(await link.send(key, ["HMGET", key, "rev", "last"])).map((found) =>
      found === null ? 0 : Number(text(found)),
    );
    const mended = mendConversation({
      id,
      raw,
      revision: revision ?? 0,
      lastSeq: lastSeq ?? 0,
      openHandoff: await openCaseOf(id),
      now: clock.now(),
    });
    const name = `conversation-${clock.now()}`;
    const kept = sealer.seal(aside, bonds.aside(id, name));
    const fresh = sealer.seal(mended, bonds.conversation(id));
    const isDone = await link.run(
      MEND,
      [key, keys.aside(id)],
      ["v", sealed, fresh, name, kept, mended.revision],
    );
    return isDone === 1 ? mended : null;
  }

  return {
    handoff,
    async conversation(id) {
      const key = keys.conversation(id);
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const sealed = bytesOrNull(await link.send(key, ["HGET", key, "v"]));
        if (sealed === null) return null;
        const read = readConversation(rawOf(sealed, bonds.conversation(id)).raw);
        if (read.kind === "read") return read.value;
        if (read.kind === "newer") throw writtenByNewer(read.schema);
        const mended = await mend(id, sealed);
        if (mended !== null) return mended;
      }
      throw new AppError("STORE_UNREADABLE", { detail: "a damaged conversation kept changing" });
    },
  };
}

function writtenByNewer(schema: number): AppError {
  return new AppError("STORE_UNREADABLE", {
    detail: `a record of schema ${schema} was written by a newer version; it is left as it is`,
  });
}

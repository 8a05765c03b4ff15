import type { SentMarks } from "../../../app/ports.ts";
import type { ConversationId } from "../../../domain/kernel/ids.ts";
import { SENT_MARKS_KEPT_MS, SENT_MARKS_MAX, SentMark } from "../../../domain/conversation/sent-mark.ts";
import type { RedisParts } from "./deps.ts";
import { bonds } from "./keys.ts";
import { opened } from "./opened.ts";
import { bytes, list } from "./reply.ts";
import { NOTE_MARK } from "./scripts/note-mark.ts";

export function createSentMarks(parts: RedisParts): SentMarks {
  const { link, keys, sealer, clock } = parts;

  async function read(id: ConversationId): Promise<{ sealed: Buffer; mark: SentMark | null }[]> {
    const key = keys.marks(id);
    const oldest = clock.now() - SENT_MARKS_KEPT_MS;
    return list(await link.send(key, ["ZRANGEBYSCORE", key, oldest, "+inf"])).map((row) => {
      const sealed = bytes(row);
      const found = SentMark.safeParse(opened(parts, sealed, bonds.mark(id)));
      return { sealed, mark: found.success ? found.data : null };
    });
  }

  return {
    async note(id, mark) {
      const oldest = clock.now() - SENT_MARKS_KEPT_MS;
      const sealed = sealer.seal(mark, bonds.mark(id));
      const args = [mark.at, sealed, oldest, SENT_MARKS_MAX, SENT_MARKS_KEPT_MS];
      await link.run(NOTE_MARK, [keys.marks(id)], args);
    },
    async of(id) {
      return (await read(id)).flatMap(({ mark }) => mark ?? []);
    },
    async forget(id, { before }) {
      const key = keys.marks(id);
      // What cannot be read can take nothing back.
      const due = (await read(id)).filter(({ mark }) => mark === null || mark.erasures < before);
      if (due.length > 0) await link.send(key, ["ZREM", key, ...due.map(({ sealed }) => sealed)]);
    },
  };
}

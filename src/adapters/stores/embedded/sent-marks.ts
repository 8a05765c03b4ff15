import type { Clock, SentMarks } from "../../../app/ports.ts";
import { SENT_MARKS_KEPT_MS, SENT_MARKS_MAX, SentMark } from "../../../domain/conversation/sent-mark.ts";
import type { KeyValue, Writer } from "./key-value.ts";
import { keys, under } from "./keys.ts";

/** One row a message, with its time in the key: what is too old is found without opening it. */
export function createSentMarks(db: KeyValue, deps: { clock: Clock; serial: () => number }): SentMarks {
  const { clock, serial } = deps;
  return {
    note: (id, mark) =>
      db.transact((writer) => {
        writer.put(keys.mark(id, mark.at, serial()), mark);
        const own = writer.keys(...under(`mark/${id}`));
        const oldest = clock.now() - SENT_MARKS_KEPT_MS;
        own.forEach((key, index) => {
          if (index < own.length - SENT_MARKS_MAX || timeOf(key) < oldest) writer.remove(key);
        });
      }),
    async of(id) {
      const oldest = clock.now() - SENT_MARKS_KEPT_MS;
      return db
        .keys(...under(`mark/${id}`))
        .filter((key) => timeOf(key) >= oldest)
        .flatMap((key) => readMark(db, key) ?? []);
    },
    forget: (id, { before }) =>
      db.transact((writer) => {
        for (const key of writer.keys(...under(`mark/${id}`))) {
          const mark = readMark(writer, key);
          // What cannot be read can take nothing back.
          if (mark === null || mark.erasures < before) writer.remove(key);
        }
      }),
  };
}

/** Those of conversations in which nothing was sent since: retention calls it every hour. */
export async function forgetOldMarks(db: KeyValue, now: number): Promise<void> {
  const oldest = now - SENT_MARKS_KEPT_MS;
  const due = db.keys(...under("mark")).filter((key) => timeOf(key) < oldest);
  if (due.length > 0) await db.transact((writer: Writer) => due.forEach((key) => writer.remove(key)));
}

function readMark(db: Pick<KeyValue, "get">, key: string): SentMark | null {
  try {
    const read = SentMark.safeParse(db.get(key));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const timeOf = (key: string) => Number(key.split("/")[2]);

import { isAtLeast } from "../taxonomy/risk.ts";
import type { Signal } from "./assessment.ts";
import type { RuleBook, Sum } from "./rule-book.ts";

/**
 * Signs that weigh more together: "em mệt", "chả ai cần em", "em viết xong thư rồi" are three small sentences
 * and one large one. Something of it must be new, or an old sum would be found again with every message.
 */
export function addUp(book: RuleBook, fresh: readonly Signal[], held: readonly Signal[]): Signal[] {
  if (fresh.length === 0) return [];
  const known = new Set(fresh.map((signal) => signal.id));
  const all = [...fresh, ...held.filter((signal) => !known.has(signal.id))];
  return book.sums.filter((sum) => holds(sum, { all, fresh, book })).map((sum) => sum.signal);
}

interface Signs {
  readonly all: readonly Signal[];
  readonly fresh: readonly Signal[];
  readonly book: RuleBook;
}

function holds(sum: Sum, { all, fresh, book }: Signs): boolean {
  const meets = (signal: Signal, need: string) =>
    (signal.category === need && isAtLeast(signal.level, "concern") && !signal.id.startsWith("sum.")) ||
    (book.tagsOf.get(signal.id)?.includes(need) ?? false);
  const part = (signal: Signal) => sum.all.some((need) => meets(signal, need));
  const isNew = fresh.some((signal) => (sum.newest === null ? part(signal) : meets(signal, sum.newest)));
  return (
    isNew &&
    sum.all.every((need) => all.some((signal) => meets(signal, need))) &&
    all.filter(part).length >= sum.signals
  );
}

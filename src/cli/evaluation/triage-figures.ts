import { isAtLeast } from "../../domain/taxonomy/risk.ts";
import { holdsUp, type JudgedConversation, type JudgedMessage, type JudgedRisk } from "./judge.ts";
import { type Share, sharesBy } from "./shares.ts";

export interface TriageFigures {
  /** Emergency and urgent messages seen as urgent or above. */
  readonly grave: Breakdown;
  /** Concern and above, seen as anything at all. */
  readonly any: Breakdown;
  /** Harmless messages in which something was seen. */
  readonly falseAlarms: readonly Share[];
  /** Harmless messages that would have called a counsellor. */
  readonly falseHandoffs: Share;
  /** "must escalate" by the turn it must; "harmless" left in peace. */
  readonly conversations: readonly Share[];
}

export interface Breakdown {
  readonly all: Share;
  readonly byLevel: readonly Share[];
  readonly byCategory: readonly Share[];
  readonly byStyle: readonly Share[];
  readonly byKind: readonly Share[];
}

export function figuresOfTriage(
  risks: readonly JudgedRisk[],
  conversations: readonly JudgedConversation[],
): TriageFigures {
  const calm = risks.filter((row) => row.level === "none");
  const falseHandoffs = sharesBy(calm, isHandoff, () => "").slice(0, 1);
  return {
    grave: breakDown(
      risks.filter((row) => isAtLeast(row.level, "urgent")),
      isHandoff,
    ),
    any: breakDown(
      risks.filter((row) => row.level !== "none"),
      isSeen,
    ),
    falseAlarms: sharesBy(calm, isSeen, (row) => row.kind),
    falseHandoffs: falseHandoffs[0] ?? { name: "all", hit: 0, of: 0 },
    conversations: sharesBy(conversations, holdsUp, ({ conversation }) =>
      "reach" in conversation ? "must escalate" : "harmless",
    ),
  };
}

const isSeen = (row: JudgedRisk) => row.seen.level !== "none";
const isHandoff = (row: JudgedRisk) => isAtLeast(row.seen.level, "urgent");

function breakDown(rows: readonly JudgedRisk[], isHit: (row: JudgedRisk) => boolean): Breakdown {
  const by = (keyOf: (row: JudgedRisk) => string) => sharesBy(rows, isHit, keyOf).slice(1);
  const [all = { name: "all", hit: 0, of: 0 }] = sharesBy(rows, isHit, () => "");
  return {
    all,
    byLevel: by((row) => row.level),
    byCategory: by((row) => row.category),
    byStyle: by((row) => row.style),
    byKind: by((row) => row.kind),
  };
}

/** The messages of `intents/dev` carry a level too, so they measure triage beside intents. */
export function asRisks(messages: readonly JudgedMessage[]): JudgedRisk[] {
  return messages.map(({ message, risk }) => ({
    text: message.text,
    level: message.risk,
    category: message.category,
    style: message.style,
    kind: message.intent,
    seen: risk,
  }));
}

import { groupOf, type IntentId, INTENTS } from "../../../domain/taxonomy/intent.ts";
import { RISK_CATEGORIES, RISK_LEVELS } from "../../../domain/taxonomy/risk.ts";
import { AUDIENCES, LOCALES } from "../../../domain/taxonomy/speaker.ts";

/** What kind of thing is meant at all; a wrong guess within a group is a smaller mistake than one across. */
const GROUPS = ["harm", "learn", "wellbeing", "service", "talk", "outside"] as const;
type Group = (typeof GROUPS)[number];

/** Everything the model says of a message, as columns of one table: a sentence is an example for all at once. */
const ORDER = [
  ["intent", INTENTS],
  ["group", GROUPS],
  ["level", RISK_LEVELS],
  ["category", RISK_CATEGORIES],
  ["audience", AUDIENCES],
  ["locale", LOCALES],
] as const;

export type HeadId = (typeof ORDER)[number][0];

export interface Head<Id extends string> {
  /** Its first column. */
  readonly from: number;
  readonly ids: readonly Id[];
}

export const HEADS = {
  intent: head("intent", INTENTS),
  group: head("group", GROUPS),
  level: head("level", RISK_LEVELS),
  category: head("category", RISK_CATEGORIES),
  audience: head("audience", AUDIENCES),
  locale: head("locale", LOCALES),
};

function head<Id extends string>(id: HeadId, ids: readonly Id[]): Head<Id> {
  const at = ORDER.findIndex(([name]) => name === id);
  return { from: ORDER.slice(0, at).reduce((sum, [, before]) => sum + before.length, 0), ids };
}

export const COLUMNS = HEADS.locale.from + LOCALES.length;
export const OUT_OF_SCOPE = INTENTS.indexOf("out_of_scope");

export function groupFor(intent: IntentId): Group {
  return intent === "out_of_scope" ? "outside" : groupOf(intent);
}

const GROUP_SHARE = 0.3;

const GROUP_COLUMNS = INTENTS.map((intent) => HEADS.group.from + GROUPS.indexOf(groupFor(intent)));

/** The intents' sums with a share of their group's: the topic decides, the kind of question breaks ties. */
export function intentSums(sums: Float32Array): Float32Array {
  const own = sums.slice(0, INTENTS.length);
  for (let i = 0; i < own.length; i++)
    own[i] = (own[i] as number) + GROUP_SHARE * (sums[GROUP_COLUMNS[i] as number] as number);
  return own;
}

/** Every column's name, for the model file: a model with other labels or another order is refused. */
export const COLUMN_NAMES: readonly string[] = Object.entries(HEADS).flatMap(([head, { ids }]) =>
  ids.map((id) => `${head}.${id}`),
);

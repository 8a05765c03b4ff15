import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { IntentId, INTENTS } from "../../domain/taxonomy/intent.ts";
import { RiskCategory, RiskLevel } from "../../domain/taxonomy/risk.ts";
import {
  type Audience,
  AUDIENCES,
  Locale,
  type Locale as LocaleId,
  LOCALES,
} from "../../domain/taxonomy/speaker.ts";
import { type RecentMessage, readTogether, remember } from "../../domain/triage/together.ts";
import { loadRiskCorpus } from "./load-risk-corpus.ts";
import { type ContentProblem, readYaml, type YamlFile } from "./read-yaml.ts";

/** One message written by hand for training, with everything it is an example of. */
export interface CorpusItem {
  readonly text: string;
  readonly locale: LocaleId;
  readonly audience: Audience;
  /** Null in `intents/risk/`: such lines teach risk only. */
  readonly intent: IntentId | null;
  readonly level: RiskLevel;
  readonly category: RiskCategory;
}

export interface Corpus {
  readonly items: readonly CorpusItem[];
  /** Mistakes that make the corpus unusable. */
  readonly problems: readonly ContentProblem[];
  /** What an editor should look at, though training can go on. */
  readonly warnings: readonly ContentProblem[];
}

const Text = z.string().trim().min(1);
const Line = z.union([
  Text,
  z.strictObject({ text: Text, risk: RiskLevel.optional(), category: RiskCategory.optional() }),
]);
const Lines = z.strictObject({
  teen: z.array(Line).optional(),
  parent: z.array(Line).optional(),
  unknown: z.array(Line).optional(),
});
const IntentFile = z.strictObject({
  intent: IntentId,
  risk: z.strictObject({ level: RiskLevel, category: RiskCategory }),
  vi: Lines.optional(),
  en: Lines.optional(),
});
const RiskFile = z.strictObject({
  messages: z.array(
    z.strictObject({
      text: Text,
      locale: Locale,
      level: RiskLevel,
      category: RiskCategory,
      audience: z.enum(AUDIENCES).optional(),
      kind: z.string().optional(),
    }),
  ),
});

interface Placed {
  readonly item: CorpusItem;
  readonly file: string;
  readonly line: number;
}

/** Reads `intents/*.yaml` and, when it is there, `intents/risk/*.yaml`. `intents/dev/` is never read here. */
export function loadCorpus(dir: string): Corpus {
  const problems: ContentProblem[] = [];
  const placed: Placed[] = [];
  for (const name of yamlFiles(dir)) {
    const file = readYaml(join(dir, name), `intents/${name}`, IntentFile);
    problems.push(...file.problems);
    placed.push(...linesOf(file, `intents/${name}`));
  }
  for (const name of yamlFiles(join(dir, "risk"))) {
    const file = readYaml(join(dir, "risk", name), `intents/risk/${name}`, RiskFile);
    problems.push(...file.problems);
    placed.push(...riskLinesOf(file, `intents/risk/${name}`));
  }
  const { clashes, repeats } = findTwins(placed);
  return {
    items: [...placed.map(({ item }) => item), ...conversationItems(dir)],
    problems: [...problems, ...clashes],
    warnings: [...repeats, ...findGaps(placed)],
  };
}

export function yamlFiles(dir: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith(".yaml"))
        .sort()
    : [];
}

function linesOf(file: YamlFile<z.infer<typeof IntentFile>>, shownAs: string): Placed[] {
  const { value } = file;
  if (value === null) return [];
  return LOCALES.flatMap((locale) =>
    AUDIENCES.flatMap((audience) =>
      (value[locale]?.[audience] ?? []).map((line, i) => ({
        item: itemOf(line, { value, locale, audience }),
        file: shownAs,
        line: file.lineOf([locale, audience, i]),
      })),
    ),
  );
}

interface Setting {
  readonly value: z.infer<typeof IntentFile>;
  readonly locale: LocaleId;
  readonly audience: Audience;
}

function itemOf(line: z.infer<typeof Line>, { value, locale, audience }: Setting): CorpusItem {
  const own = typeof line === "string" ? { text: line } : line;
  const level = own.risk ?? value.risk.level;
  const category = level === "none" ? "none" : (own.category ?? value.risk.category);
  return { text: own.text, locale, audience, intent: value.intent, level, category };
}

function riskLinesOf(file: YamlFile<z.infer<typeof RiskFile>>, shownAs: string): Placed[] {
  return (file.value?.messages ?? []).map((message, i) => ({
    item: {
      text: message.text,
      locale: message.locale,
      level: message.level,
      category: message.category,
      audience: message.audience ?? "unknown",
      intent: null,
    },
    file: shownAs,
    line: file.lineOf(["messages", i]),
  }));
}

/**
 * Messages of a conversation as triage reads them. Together: at the turn at which the danger must be seen, and at
 * every turn of a harmless one. Alone: only how a harmless one begins, since a later turn ("nó cầm súng ngoài kia kìa",
 * in a game) may be harmless only because of what was said before. Where sadness is all there is, its end teaches
 * that it is no more than that. Their mistakes are reported by `loadRiskCorpus`.
 */
function conversationItems(dir: string): CorpusItem[] {
  return loadRiskCorpus(dir).conversations.flatMap((conversation) => {
    const { locale, turns } = conversation;
    const item = (text: string, level: RiskLevel, category: RiskCategory): CorpusItem => ({
      text,
      locale,
      audience: "unknown",
      intent: null,
      level,
      category,
    });
    if ("reach" in conversation) {
      const { turn, level, category } = conversation.reach;
      return turn > 1 ? [item(windowOf(turns, turn - 1), level, category)] : [];
    }
    if (conversation["at-most"] !== "none")
      return [item(windowOf(turns, turns.length - 1), "concern", "mental_distress")];
    const together = turns.slice(1).map((_, i) => windowOf(turns, i + 1));
    return [...turns.slice(0, 1), ...together].map((text) => item(text, "none", "none"));
  });
}

function windowOf(turns: readonly string[], at: number): string {
  const before = turns.slice(0, at).reduce<RecentMessage[]>((recent, text) => remember(recent, text, 0), []);
  const text = turns[at] ?? "";
  return readTogether(before, text, 0) ?? text;
}

/** The same words twice teach nothing; the same words under two intents teach both wrong. */
function findTwins(placed: readonly Placed[]): { clashes: ContentProblem[]; repeats: ContentProblem[] } {
  const first = new Map<string, Placed>();
  const clashes: ContentProblem[] = [];
  const repeats: ContentProblem[] = [];
  for (const one of placed) {
    const key = plain(one.item.text);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, one);
      continue;
    }
    const where = `${other.file}:${other.line}`;
    const { file, line } = one;
    const bothIntents = one.item.intent !== null && other.item.intent !== null;
    if (bothIntents && one.item.intent !== other.item.intent)
      clashes.push({ file, line, message: `is also an example of "${other.item.intent ?? ""}" (${where})` });
    else if (bothIntents) repeats.push({ file, line, message: `says the same as ${where}` });
  }
  return { clashes, repeats };
}

/** Below this a model cannot know what people mean. */
const TOO_FEW = { vi: 200, en: 60 } as const;
/** Times the middle intent: an intent so much larger draws messages to itself. What is out of scope has no end. */
const TOO_MANY = 3;

function findGaps(placed: readonly Placed[]): ContentProblem[] {
  const counts = new Map<string, number>();
  for (const { item } of placed) {
    const key = `${item.intent ?? ""} ${item.locale}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const countOf = (intent: IntentId, locale: LocaleId) => counts.get(`${intent} ${locale}`) ?? 0;
  return LOCALES.flatMap((locale) => {
    const sizes = INTENTS.map((intent) => countOf(intent, locale)).sort((a, b) => a - b);
    const most = TOO_MANY * Math.max(TOO_FEW[locale], sizes[sizes.length >> 1] ?? 0);
    return INTENTS.flatMap((intent) => {
      const count = countOf(intent, locale);
      const note = (message: string) => [{ file: `intents/${intent}.yaml`, line: 0, message }];
      if (count < TOO_FEW[locale])
        return note(`has ${count} lines in ${locale}, at least ${TOO_FEW[locale]} are needed`);
      if (count > most && intent !== "out_of_scope")
        return note(`has ${count} lines in ${locale}, more than ${TOO_MANY} times the others`);
      return [];
    });
  });
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

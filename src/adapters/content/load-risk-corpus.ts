import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { RiskCategory, RiskLevel } from "../../domain/taxonomy/risk.ts";
import { Locale } from "../../domain/taxonomy/speaker.ts";
import { type ContentProblem, readYaml } from "./read-yaml.ts";

const RiskMessage = z.strictObject({
  text: z.string().trim().min(1),
  locale: Locale,
  level: RiskLevel,
  category: RiskCategory,
  /** What makes it what it is: idiom, game, negation …, or the way a danger is told. */
  kind: z.string().min(1).optional(),
  audience: z.string().optional(),
});
export type RiskMessage = z.infer<typeof RiskMessage>;

const Heading = { id: z.string().min(1), locale: Locale, turns: z.array(z.string().min(1)).min(1) };
const RiskConversation = z.union([
  z.strictObject({
    ...Heading,
    /** After this turn, counted from 1, this level must be held. */
    reach: z.strictObject({ turn: z.number().int().min(1), level: RiskLevel, category: RiskCategory }),
  }),
  z.strictObject({ ...Heading, harmless: z.literal(true), "at-most": RiskLevel }),
]);
export type RiskConversation = z.infer<typeof RiskConversation>;

const MessageFile = z.strictObject({ messages: z.array(RiskMessage) });
const ConversationFile = z.strictObject({ conversations: z.array(RiskConversation) });

export interface RiskCorpus {
  readonly messages: readonly RiskMessage[];
  readonly conversations: readonly RiskConversation[];
  readonly problems: readonly ContentProblem[];
}

/** Reads `intents/risk/` (learnt from) or `intents/dev/risk/` (never): messages with their kind, conversations beside them. */
export function loadRiskCorpus(intentsDir: string, folder: "risk" | "dev/risk" = "risk"): RiskCorpus {
  const directory = join(intentsDir, folder);
  const messages = yamlIn(directory).map((name) =>
    readYaml(join(directory, name), `intents/${folder}/${name}`, MessageFile),
  );
  const talks = join(directory, "conversations");
  const conversations = yamlIn(talks).map((name) =>
    readYaml(join(talks, name), `intents/${folder}/conversations/${name}`, ConversationFile),
  );
  return {
    messages: messages.flatMap((file) => file.value?.messages ?? []),
    conversations: conversations.flatMap((file) => file.value?.conversations ?? []),
    problems: [...messages, ...conversations].flatMap((file) => file.problems),
  };
}

function yamlIn(directory: string): string[] {
  return existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith(".yaml"))
        .sort()
    : [];
}

import { join } from "node:path";
import { z } from "zod";
import { IntentId } from "../../domain/taxonomy/intent.ts";
import { RiskCategory, RiskLevel } from "../../domain/taxonomy/risk.ts";
import { Audience, Locale } from "../../domain/taxonomy/speaker.ts";
import { yamlFiles } from "./load-corpus.ts";
import { type ContentProblem, readYaml } from "./read-yaml.ts";

const DevMessage = z.strictObject({
  text: z.string().min(1),
  locale: Locale,
  style: z.enum(["clean", "unaccented", "teencode", "regional", "english"]),
  intent: IntentId,
  audience: Audience,
  risk: RiskLevel,
  category: RiskCategory,
});
export type DevMessage = z.infer<typeof DevMessage>;

const DevFile = z.strictObject({ messages: z.array(DevMessage) });

/** Messages of writers who wrote none of the training lines. They measure; nothing is ever trained on them. */
export function loadDevCorpus(dir: string): {
  readonly messages: readonly DevMessage[];
  readonly problems: readonly ContentProblem[];
} {
  const files = yamlFiles(dir).map((name) => readYaml(join(dir, name), `intents/dev/${name}`, DevFile));
  return {
    messages: files.flatMap((file) => file.value?.messages ?? []),
    problems: files.flatMap((file) => file.problems),
  };
}

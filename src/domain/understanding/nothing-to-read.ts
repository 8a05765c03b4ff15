/** What is understood of a message without words, such as a pressed button. Language and speaker are the conversation's. */
export const NOTHING_TO_READ = {
  kind: "unclear",
  reason: "no-text",
  intent: "out_of_scope",
  confidence: 0,
  alternatives: [],
} as const;

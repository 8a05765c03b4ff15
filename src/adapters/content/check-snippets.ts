import type { Snippet, SnippetFile } from "../../domain/snippets/snippet.ts";
import { phoneNumbersIn } from "./check-flow.ts";
import type { ContentProblem } from "./read-yaml.ts";

interface ReadSnippets {
  readonly name: string;
  readonly value: SnippetFile;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** Read on a phone by somebody who is afraid: a screen full of words says nothing. In UTF-16 units. */
const LONGEST = 280;
// A sentence that says "bạn" to everyone would call a mother by the word for a pupil.
const TO_A_TEEN = /(?<![\p{L}])bạn(?![\p{L}])/iu;
const TO_A_PARENT = /anh\/chị/iu;

/** What the schema of the snippets cannot see; their words are read by the lint like all others. */
export function checkSnippets(file: ReadSnippets, facts: ReadonlyMap<string, unknown>): ContentProblem[] {
  const { value, name, lineOf } = file;
  const problems: ContentProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) =>
    void problems.push({ file: name, line: lineOf(path), message });
  for (const id of value.facts)
    if (!facts.has(id)) report(["facts"], `there is no fact "${id}" in flows/_facts.yaml that may be used`);
  for (const found of phoneNumbersIn(value.snippets))
    report([], `"${found}" looks like a phone number: name a helpline in words and its short number`);
  const seen = new Set<string>();
  for (const [index, { group, sentences }] of value.snippets.entries()) {
    const at = ["snippets", index];
    if (seen.has(group)) report(at, `there are two groups "${group}"`);
    seen.add(group);
    const ids = new Set<string>();
    for (const [place, snippet] of sentences.entries()) {
      const path = [...at, "sentences", place];
      if (ids.has(snippet.id)) report(path, `there are two sentences "${snippet.id}" in "${group}"`);
      ids.add(snippet.id);
      for (const message of complaints(snippet)) report(path, `${snippet.id}: ${message}`);
    }
  }
  return problems;
}

function complaints({ say, for: meantFor }: Snippet): string[] {
  const found: string[] = [];
  const voices = "vi" in say ? [say] : [say.teen, say.parent];
  const tooLong = voices.flatMap(({ vi, en }) => [vi, en]).filter((text) => text.length > LONGEST);
  for (const text of tooLong) found.push(`${text.length} characters; at most ${LONGEST} are read`);
  if (!("vi" in say)) {
    if (meantFor !== undefined) found.push(`is for a ${meantFor} only and needs one voice`);
    if (TO_A_PARENT.test(say.teen.vi)) found.push("calls a teen anh/chị");
    if (TO_A_TEEN.test(say.parent.vi)) found.push("calls a parent bạn");
    return found;
  }
  if (meantFor !== "teen" && TO_A_TEEN.test(say.vi)) found.push("says bạn: give it two voices, or for: teen");
  if (meantFor !== "parent" && TO_A_PARENT.test(say.vi))
    found.push("says anh/chị: give it two voices, or for: parent");
  return found;
}

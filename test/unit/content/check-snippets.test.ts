import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { lintContent } from "../../../src/adapters/content/lint/lint-content.ts";
import { checkSnippets } from "../../../src/adapters/content/check-snippets.ts";
import { readFlowBook } from "../../../src/adapters/content/load-flow-book.ts";
import { readYaml } from "../../../src/adapters/content/read-yaml.ts";
import { SnippetFile } from "../../../src/domain/snippets/snippet.ts";
import { root, theFlowBook } from "../../support/flow-book.ts";

const TODAY = Date.UTC(2026, 10, 23);
const NAME = "flows/_snippets.yaml";
const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

const content = readFlowBook(join(root, "flows"));
const book = theFlowBook();
const fileOf = (groups: string) => `reviewed: 2026-11-22\nfacts: [H01]\nsnippets:\n${groups}`;
function aFolder(): string {
  const home = mkdtempSync(join(tmpdir(), "ke-ben-snippets-"));
  homes.push(home);
  return home;
}

/** What an editor reads who has put this in place of the file's own groups. */
function complaintsAbout(groups: string): string[] {
  const path = join(aFolder(), "_snippets.yaml");
  writeFileSync(path, fileOf(groups));
  const { value, lineOf, problems } = readYaml(path, NAME, SnippetFile);
  if (value === null) return problems.map(({ message }) => message);
  const helplines = content.files.filter(({ name }) => name === "flows/_helplines.yaml");
  const files = [{ name: NAME, value, lineOf }, ...helplines];
  const linted = lintContent({ book: { ...book, flows: new Map() }, files, never: content.never }, TODAY);
  return [...checkSnippets({ name: NAME, value, lineOf }, book.facts), ...linted].map(
    ({ message }) => message,
  );
}

const group = (sentences: string, name = "greeting") =>
  `  - group: ${name}\n    title: { vi: "Nhóm", en: "Group" }\n    sentences:\n${sentences}`;
const sentence = (vi: string, en = "Something in English.", more = "") =>
  `      - id: one\n${more}        say: { vi: "${vi}", en: "${en}" }\n`;

describe("a sentence for counsellors", () => {
  it("may stand when it promises nothing and fits a phone", () => {
    expect(complaintsAbout(group(sentence("Cảm ơn vì đã kể. Gọi 111 lúc nào cũng được.")))).toEqual([]);
  });

  it.each([
    ["a promise", sentence("Tôi hứa với bạn điều này.", "Yes.", "        for: teen\n"), "may not be said"],
    ["a promise in English", sentence("Chào nhé.", "You will be safe with us."), "may not be said"],
    ["blame", sentence("Sao bạn lại gửi ảnh?", "Why?", "        for: teen\n"), "may not be said"],
    ["a number that is in no directory", sentence("Hãy gọi 1900 ngay nhé."), "stands in no fact"],
    ["a phone number", sentence("Hãy gọi 0912 345 678 nhé."), "looks like a phone number"],
    ["a text nobody afraid reads", sentence("Tôi đang nghe đây. ".repeat(16).trim()), "at most 280"],
    ["a pupil's word for everyone", sentence("Chào bạn."), "says bạn"],
    ["a parent's word for a pupil", sentence("Chào anh/chị.", "Hi.", "        for: teen\n"), "says anh/chị"],
    ["a name twice", sentence("Chào nhé.") + sentence("Chào lần nữa nhé."), 'two sentences "one"'],
    ["a missing language", '      - id: one\n        say: { vi: "Chào nhé." }\n', "en"],
  ])("is refused for %s", (_what, sentences, complaint) => {
    const found = complaintsAbout(group(sentences));
    expect(found.join("\n")).toContain(complaint);
  });

  it("stops the content from being taken when it is wrong, with the file and the line", () => {
    const home = aFolder();
    cpSync(join(root, "flows"), home, { recursive: true });
    writeFileSync(join(home, "_snippets.yaml"), fileOf(group(sentence("Hãy gọi 0912 345 678 nhé."))));
    const read = readFlowBook(home);
    expect(read.book).toBeNull();
    expect(read.problems.map(({ file }) => file)).toEqual([NAME]);
  });

  it("is found by one name only: no two groups are named alike", () => {
    const twice = `${group(sentence("Chào nhé."))}${group(sentence("Chào lần nữa nhé."))}`;
    expect(complaintsAbout(twice).join()).toContain('two groups "greeting"');
  });

  it("keeps voices apart: a parent is not called bạn, a teen not anh/chị", () => {
    const crossed = `      - id: one
        say:
          teen: { vi: "Chào anh/chị.", en: "Hello." }
          parent: { vi: "Chào bạn.", en: "Hello." }
`;
    expect(complaintsAbout(group(crossed)).map((each) => each.replace("one: ", ""))).toEqual([
      "calls a teen anh/chị",
      "calls a parent bạn",
    ]);
  });
});

describe("the sentences that come with the service", () => {
  it("are there for every moment that is hard to find words for", () => {
    const groups = theFlowBook().snippets.map((each) => each.group);
    for (const moment of ["no_blame", "grounding", "safety_now", "suicide", "line_111", "secrecy", "parents"])
      expect(groups).toContain(moment);
    const all = theFlowBook().snippets.flatMap(({ sentences }) => sentences);
    expect(all.length).toBeGreaterThanOrEqual(40);
  });

  it("rest on facts that are on the sheet", () => {
    const text = readFileSync(join(root, "flows", "_snippets.yaml"), "utf8");
    const named = /^facts: \[(.*)\]$/m.exec(text)?.[1]?.split(", ") ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect(theFlowBook().facts.has(id)).toBe(true);
  });
});

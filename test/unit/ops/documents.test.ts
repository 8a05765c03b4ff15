import { describe, expect, it } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readConfig, SECRETS, VARIABLES } from "../../../src/config.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const operations = read("docs/operations.md");
const threats = read("docs/threat-model.md");

function sectionOf(text: string, title: string): string {
  const from = text.indexOf(`\n## ${title}`);
  if (from === -1) throw new Error(`no section ${title}`);
  const to = text.indexOf("\n## ", from + 4);
  return text.slice(from, to === -1 ? undefined : to);
}

/** Rows of the first table in a text, without its head. */
function rowsOf(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("the operations guide", () => {
  const rows = rowsOf(sectionOf(operations, "Environment variables"));
  const nameOf = (cell = "") => /^`([A-Z_]+)`$/.exec(cell)?.[1] ?? cell;

  it("explains every variable that config.ts reads, and no other", () => {
    expect(rows.map(([name]) => nameOf(name))).toEqual([...VARIABLES]);
    for (const [name, , , meaning = ""] of rows) expect([name, meaning.length > 10]).toEqual([name, true]);
  });

  it("gives each its real default", () => {
    const defaults = readConfig({}) as Readonly<Record<string, unknown>>;
    for (const [name, shown = ""] of rows)
      expect([name, shown.replaceAll("`", "")]).toEqual([name, String(defaults[nameOf(name)] ?? "–")]);
  });

  it("says of each whether it may come from a file", () => {
    expect(rows.filter(([, , file]) => file === "yes").map(([name]) => nameOf(name))).toEqual([...SECRETS]);
  });

  it("says how each key is changed, the most important one first", () => {
    const keys = rowsOf(sectionOf(operations, "Keys and how they change"));
    expect(keys[0]?.slice(0, 2)).toEqual(["`STORE_KEY`", "`npm run keys`, see below"]);
    for (const secret of SECRETS.filter((name) => name !== "REDIS_URL"))
      expect(keys.map(([name]) => name).join()).toContain(secret);
  });

  it("is no lawyer: every row of law is one of the fact sheet with its grade and a question, and says who must check it", () => {
    const law = sectionOf(operations, "Law: a list for a lawyer in Vietnam");
    const { facts } = parse(read("flows/_facts.yaml")) as { facts: { id: string; confidence: string }[] };
    const grades = new Map(facts.map(({ id, confidence }) => [id, confidence]));
    const cited = rowsOf(law);
    expect(cited.length).toBeGreaterThanOrEqual(8);
    for (const [id = "", grade = "", question = ""] of cited) {
      // What could not be verified stands in no answer and so not in flows/_facts.yaml; here it may only be asked.
      expect([id, grade.split(";")[0]]).toEqual([id, grades.get(id) ?? "unverified"]);
      expect([id, question.includes("?") || question.startsWith("what ")]).toEqual([id, true]);
    }
    expect(law).toMatch(/Not legal advice/);
    expect(law).toMatch(/a lawyer must go through each row/i);
  });
});

describe("the threat model", () => {
  const rows = rowsOf(threats.replace(/\| \*\*/g, "| **"));
  const paths = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);

  it("speaks of every attacker that was asked for", () => {
    const text = rows.map(([threat]) => threat).join("\n");
    for (const who of [
      "Abuser with the phone",
      "Curious parent",
      "Hostile user",
      "Compromised counsellor",
      "Stolen disk",
      "Network attacker",
      "Spam flood",
    ])
      expect(text).toContain(`**${who}**`);
  });

  it("names for each threat a control and a test that exist, or says that there is none yet", () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const [threat, , control = "", test = ""] of rows) {
      if (control === "not yet") {
        expect([threat, test]).toEqual([threat, "not yet"]);
        continue;
      }
      for (const path of [...paths(control), ...paths(test)])
        expect([threat, path, existsSync(join(ROOT, path))]).toEqual([threat, path, true]);
      expect([
        threat,
        paths(control).length,
        paths(test).every((path) => /^test\/.*\.test\.ts$/.test(path)),
      ]).toEqual([threat, 1, true]);
    }
  });
});

describe.each([
  ["docs/operations.md", operations],
  ["docs/threat-model.md", threats],
])("%s", (_file, text) => {
  it("names only commands that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("names only files of the project that exist", () => {
    const named = [
      ...text.matchAll(/\b((?:docker|src|test|docs|flows)\/[\w./-]+\.(?:ts|mjs|md|ya?ml|json|sh))\b/g),
    ].map(([, path = ""]) => path);
    const links = [...text.matchAll(/\]\(([\w./-]+\.md)\)/g)].map(([, path = ""]) => `docs/${path}`);
    expect([...named, ...links].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("names only events that the server really logs", () => {
    const events = [...text.matchAll(/log has `([a-z-]+)`|log, `([a-z-]+)`/g)].map(
      ([, a, b]) => a ?? b ?? "",
    );
    const code = ["src/app/run-bot.ts", "src/app/retain.ts", "src/app/handle-inbound.ts", "src/main.ts"]
      .map(read)
      .join("\n");
    expect(events.filter((event) => !code.includes(`"${event}"`))).toEqual([]);
  });
});

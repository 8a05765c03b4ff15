import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { readFlowBook } from "../../../src/adapters/content/load-flow-book.ts";
import { root } from "../../support/flow-book.ts";

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

/** What an editor reads who has changed the checklist so. */
function complaintsAbout(change: (text: string) => string): string[] {
  const home = mkdtempSync(join(tmpdir(), "ke-ben-checklist-"));
  homes.push(home);
  cpSync(join(root, "flows"), home, { recursive: true });
  const file = join(home, "_checklist.yaml");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  return readFlowBook(home).problems.map(({ file: name, message }) => `${name} ${message}`);
}
const add = (step: string) => (text: string) => `${text}  - id: one_more\n${step}`;

describe("a step of the checklist", () => {
  it("may be added", () => {
    expect(complaintsAbout(add('    say: { vi: "Đã chào.", en: "Said hello." }\n'))).toEqual([]);
  });

  it.each([
    ["a phone number", '    say: { vi: "Đã đưa số 0912 345 678.", en: "Gave it." }\n', "phone number"],
    [
      "a danger that is none",
      '    about: [none]\n    say: { vi: "Đã hỏi.", en: "Asked." }\n',
      'leave "about" out',
    ],
    ["a danger nobody knows", '    about: [sadness]\n    say: { vi: "Đã hỏi.", en: "Asked." }\n', "about"],
    ["a missing language", '    say: { vi: "Đã hỏi." }\n', "en"],
  ])("is refused for %s, with the file", (_what, step, complaint) => {
    const found = complaintsAbout(add(step));
    expect(found.join("\n")).toContain("flows/_checklist.yaml");
    expect(found.join("\n")).toContain(complaint);
  });

  it("has a name of its own, and the facts it rests on exist", () => {
    expect(complaintsAbout((text) => text.replace("id: screen_seen", "id: safe_now")).join()).toContain(
      'two steps "safe_now"',
    );
    expect(complaintsAbout((text) => text.replace("facts: [H01", "facts: [H99")).join()).toContain(
      'no fact "H99"',
    );
  });
});

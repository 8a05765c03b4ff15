import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bent, FUZZ_RUNS, spoilt } from "../support/fuzz.ts";
import { projectRoot } from "../support/start-server.ts";

const LINES = Math.ceil(FUZZ_RUNS / 20);

/** Runs a built command of the project; resolves with what it printed and its status. */
async function run(command: string, input: string): Promise<{ printed: string; status: number | null }> {
  const entry = join(projectRoot, "dist", "cli", `${command}.js`);
  expect(existsSync(entry)).toBe(true);
  const child = spawn(process.execPath, [entry], { cwd: projectRoot, stdio: ["pipe", "pipe", "ignore"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString("utf8")));
  child.stdin.end(input);
  const [status] = (await once(child, "close")) as [number | null];
  return { printed, status };
}

describe(`${LINES} lines of every kind into a command`, () => {
  it.each([
    ["understand", { id: 1, text: "em bị dọa đăng ảnh" }],
    ["converse", { id: 1, turns: ["em buồn quá", "chán sống"] }],
  ])(
    "%s answers each line with one line, and never ends before the last",
    async (command, whole) => {
      const line = fc
        .oneof(
          bent(fc.constant<unknown>(whole)).map((value) => JSON.stringify(value) ?? "null"),
          spoilt(fc.constant(JSON.stringify(whole))),
          fc.string({ unit: "grapheme", maxLength: 80 }),
        )
        // A line is what stands between two line ends, whatever else is in it.
        .map((text) => text.replaceAll(/[\r\n\u2028\u2029]/g, " "))
        .filter((text) => text.trim() !== "");
      const lines = fc.sample(line, LINES);
      const { printed, status } = await run(command, `${lines.join("\n")}\n`);
      expect(status).toBe(0);
      const answers = printed.trimEnd().split("\n");
      expect(answers).toHaveLength(lines.length);
      for (const answer of answers) expect(typeof JSON.parse(answer)).toBe("object");
    },
    Math.max(120_000, LINES * 50),
  );
});

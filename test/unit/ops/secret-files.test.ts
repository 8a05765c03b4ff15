import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, SECRETS, VARIABLES } from "../../../src/config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ke-ben-secrets-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aFile(content: string): string {
  const path = join(folder, randomBytes(6).toString("hex"));
  writeFileSync(path, content);
  return path;
}

function mistakesOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    return String(error);
  }
  throw new Error("must not be accepted");
}

const GOOD: Readonly<Record<(typeof SECRETS)[number], string>> = {
  STORE_KEY: randomBytes(32).toString("base64"),
  REDIS_URL: "redis://:pass@redis:6379",
  TELEGRAM_TOKEN: "123456:abcdefghijklmnopqrstuvwxyz",
  TELEGRAM_WEBHOOK_SECRET: "abcdefghijklmnopqrst",
  ZALO_APP_SECRET: "abcdefghijkl",
  ZALO_OA_SECRET: "abcdefghijkl",
  ZALO_ACCESS_TOKEN: "abcdefghijkl",
  ZALO_REFRESH_TOKEN: "abcdefghijkl",
  ALARM_WEBHOOK_URL: "https://chat.example/hooks/abcdef",
};
const ZALO = Object.fromEntries(
  Object.entries({ ...GOOD, ZALO_APP_ID: "123" }).filter(([name]) => name.startsWith("ZALO_")),
);

describe("a secret in a file", () => {
  it.each(SECRETS)("%s_FILE stands for it, with or without a new line at the end", (name) => {
    const { [name]: _own, ...others } = name.startsWith("ZALO_") ? ZALO : {};
    for (const ending of ["", "\n", "\r\n"]) {
      const config = readConfig({ ...others, [`${name}_FILE`]: aFile(GOOD[name] + ending) });
      expect(config[name]).toBe(GOOD[name]);
    }
  });

  it("may be empty, which means not set: a compose file names the files of channels that are off", () => {
    expect(readConfig({ TELEGRAM_TOKEN_FILE: aFile("\n") }).TELEGRAM_TOKEN).toBeUndefined();
  });

  it("is refused when the variable itself is given as well: nobody would know which one counts", () => {
    const token = GOOD.TELEGRAM_TOKEN;
    expect(mistakesOf({ TELEGRAM_TOKEN: token, TELEGRAM_TOKEN_FILE: aFile(token) })).toContain("given twice");
  });

  it("stops the start when its file is not there or cannot be one, beside every other mistake", () => {
    const said = mistakesOf({
      STORE_KEY_FILE: join(folder, "missing"),
      TELEGRAM_TOKEN_FILE: aFile("x".repeat(70_000)),
      PORT: "many",
    });
    expect(said).toContain("STORE_KEY_FILE: names a file that cannot be read (ENOENT)");
    expect(said).toContain("TELEGRAM_TOKEN_FILE: names a file that is too large");
    expect(said).toContain("PORT");
  });

  it("is held to the same form as the variable", () => {
    expect(mistakesOf({ STORE_KEY_FILE: aFile("short") })).toContain("STORE_KEY: must be 32 bytes");
  });

  it("shows in no error, not even when it was written where its path belongs", () => {
    const secret = "s3cret-s3cret-s3cret";
    const said = mistakesOf({ TELEGRAM_TOKEN_FILE: secret, STORE_KEY_FILE: aFile(secret) });
    expect(said).not.toContain(secret);
    expect(said).not.toContain(folder);
  });

  it("is possible for every variable whose name says that it is one", () => {
    const secretLooking = VARIABLES.filter((name) => /KEY|TOKEN|SECRET|PASSWORD/.test(name));
    expect(secretLooking.filter((name) => !(SECRETS as readonly string[]).includes(name))).toEqual([]);
  });
});

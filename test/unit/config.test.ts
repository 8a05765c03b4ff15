import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config.ts";

describe("the environment", () => {
  it("may be empty: everything has a default", () => {
    expect(readConfig({})).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      STORE: "lmdb",
      RETENTION_DAYS: 30,
    });
  });

  it("tells every mistake at once", () => {
    const mistakes = () =>
      readConfig({ PORT: "many", STORE: "floppy", RETENTION_DAYS: "0", TELEGRAM_TOKEN: "abc" });
    for (const name of ["PORT", "STORE", "RETENTION_DAYS", "TELEGRAM_TOKEN"]) expect(mistakes).toThrow(name);
  });

  it("never repeats a value in an error: it may be a secret", () => {
    const secret = "s3cret-s3cret-s3cret";
    try {
      readConfig({ TELEGRAM_TOKEN: secret, STORE_KEY: secret });
      throw new Error("must not be accepted");
    } catch (error) {
      expect(String(error)).not.toContain(secret);
      expect(String(error)).toContain("TELEGRAM_TOKEN");
    }
  });

  it("asks for the address of Redis when Redis is chosen, and for all of Zalo's five when one is given", () => {
    expect(() => readConfig({ STORE: "redis" })).toThrow("REDIS_URL");
    expect(() => readConfig({ ZALO_APP_ID: "123" })).toThrow("ZALO_OA_SECRET");
  });

  it("takes an empty variable as not set", () => {
    expect(readConfig({ TELEGRAM_TOKEN: "", PORT: "" }).PORT).toBe(3000);
  });
});

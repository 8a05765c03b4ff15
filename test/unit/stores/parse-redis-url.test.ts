import { describe, expect, it } from "@jest/globals";
import { parseRedisUrl } from "../../../src/adapters/stores/redis/parse-redis-url.ts";

describe("the address of Redis", () => {
  it.each([
    { url: "redis://127.0.0.1:6380", kind: "standalone", shown: "127.0.0.1:6380", tls: false },
    { url: "rediss://cache.example", kind: "standalone", shown: "cache.example:6379", tls: true },
    {
      url: "redis://s1?sentinel=main&node=s2:26380",
      kind: "sentinel",
      shown: "s1:26379, s2:26380",
      tls: false,
    },
    { url: "redis://c1:7000?cluster&node=c2:7001", kind: "cluster", shown: "c1:7000, c2:7001", tls: false },
  ])("$url means $kind at $shown", ({ url, kind, shown, tls }) => {
    expect(parseRedisUrl(url)).toMatchObject({ kind, shown, tls });
  });

  it("asks for copies only when told to, and takes no other than a digit", () => {
    expect(parseRedisUrl("redis://r1").copies).toBe(0);
    expect(parseRedisUrl("redis://s1?sentinel=main&copies=1").copies).toBe(1);
    for (const wrong of ["", "-1", "two", "10"])
      expect(() => parseRedisUrl(`redis://s1?sentinel=main&copies=${wrong}`)).toThrow(/copies/);
  });

  it("keeps name and password apart from what may be shown", () => {
    const address = parseRedisUrl("redis://ke-ben:p%40ss@r1:6379?cluster");
    expect(address.login).toEqual({ username: "ke-ben", password: "p@ss" });
    expect(address.shown).toBe("r1:6379");
  });
});

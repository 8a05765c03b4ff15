import { expect, it } from "@jest/globals";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { eventually } from "../../support/eventually.ts";
import { findRedis, freePort, redisCommand, startRedis } from "../../support/redis-server.ts";

const GUIDE = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "operations.md"), "utf8");

/** The steps of "Backup and restore" in docs/operations.md for Redis, with the commands as they stand there. */
it("Redis's folder, copied while messages come in, gives another Redis all that was confirmed before", async () => {
  const redis = await startRedis(["--appendonly", "yes", "--appendfsync", "always"]);
  const commands = [...GUIDE.matchAll(/redis-cli ((?:CONFIG|INFO) [^\n#]+)/g)].map(([, words = ""]) =>
    words.trim().split(" "),
  );
  expect(commands.map(([word]) => word)).toEqual(["CONFIG", "INFO", "CONFIG"]);
  const [noRewrite = [], info = [], rewriteAgain = []] = commands;
  let confirmed = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await redis.command("SET", `row-${confirmed + 1}`, "x".repeat(200));
      confirmed++;
    }
  })();
  await eventually(() => expect(confirmed).toBeGreaterThan(50));

  await redis.command(...noRewrite);
  await eventually(async () =>
    expect(String(await redis.command(...info))).toContain("aof_rewrite_in_progress:0"),
  );
  const before = confirmed;
  const home = mkdtempSync(join(tmpdir(), "ke-ben-aof-"));
  cpSync(join(redis.directory, "appendonlydir"), join(home, "appendonlydir"), { recursive: true });
  await redis.command(...rewriteAgain);
  writing = false;
  await writer;
  await redis.stop();

  const port = await freePort();
  const words = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    home,
    "--appendonly",
    "yes",
    "--save",
    "",
  ];
  const restored = spawn(findRedis(), words, { stdio: "ignore" });
  await eventually(async () => expect(await redisCommand(port, ["PING"])).toBe("PONG"), 10_000);
  expect(Number(await redisCommand(port, ["DBSIZE"]))).toBeGreaterThanOrEqual(before);
  expect(await redisCommand(port, ["GET", `row-${before}`])).toBe("x".repeat(200));
  restored.kill("SIGKILL");
  await once(restored, "exit");
  rmSync(home, { recursive: true, force: true });
}, 60_000);

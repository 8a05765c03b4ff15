import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startChild } from "./chaos/child.ts";
import { root } from "./shared/paths.ts";
import { say } from "./shared/say.ts";
import { servePhones } from "./simulate/serve-phones.ts";
import { createTelegramPhone } from "./simulate/telegram-phone.ts";
import { TelegramStandIn } from "./simulate/telegram-stand-in.ts";
import { createZaloPhone } from "./simulate/zalo-phone.ts";
import { ZaloStandIn } from "./simulate/zalo-stand-in.ts";

/**
 * `npm run simulate [-- --port N]`: the real server between a strict Telegram and a strict Zalo of our own, and a page with a
 * phone for each. No account, no request to anywhere; what was written is gone when it ends.
 */
const { values } = parseArgs({ options: { port: { type: "string", default: "3100" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port must be a whole number from 0 to 65535, not "${values.port}"\n`);
  process.exit(2);
}

/** A first start trains the language model. */
const SERVER_WITHIN_MS = 240_000;
const GOODBYE_WITHIN_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), "ke-ben-phones-"));
// Also where a start fails: nothing that somebody wrote stays behind.
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const telegram = await new TelegramStandIn().listen();
const zalo = await new ZaloStandIn({ now: () => Date.now() }).listen();
const server = await startServer();
const serverUrl = /Demo page: +(\S+)\//.exec(server.said)?.[1] ?? "";
zalo.webhookUrl = `${serverUrl}/zalo/webhook`;
const page = await servePhones(
  { telegram: createTelegramPhone(telegram), zalo: createZaloPhone(zalo) },
  port,
);

say(`Two phones:   ${page.url}/`);
say(`Console:      ${/http\S+#setup=\S+/.exec(server.said)?.[0] ?? `${serverUrl}/console`}`);
say("Ctrl+C ends it, and everything that was written is gone.");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());

async function end(): Promise<void> {
  server.signal("SIGTERM");
  const timer = setTimeout(() => server.signal("SIGKILL"), GOODBYE_WITHIN_MS);
  await Promise.all([server.ended(), page.close(), telegram.close(), zalo.close()]);
  clearTimeout(timer);
  process.exit(0);
}

function startServer() {
  // No channel, store or address of a real installation may slip in from the shell.
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  const main = join(root, "dist", "main.js");
  return startChild({
    command: process.execPath,
    args: ["-e", `import(${JSON.stringify(main)}).then((m) => m.main())`],
    cwd: root,
    env: {
      ...{ PATH, HOME, TMPDIR, LANG, LOG_LEVEL: "silent", HOST: "127.0.0.1", PORT: "0", DATA_DIR: folder },
      MODEL_DIR: process.env["MODEL_DIR"] ?? join(root, "data", "models"),
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      ZALO_APP_ID: zalo.appId,
      ZALO_APP_SECRET: zalo.appSecret,
      ZALO_OA_SECRET: zalo.oaSecret,
      ZALO_ACCESS_TOKEN: zalo.firstTokens.accessToken,
      ZALO_REFRESH_TOKEN: zalo.firstTokens.refreshToken,
      ZALO_API_ROOT: zalo.url,
      ZALO_OAUTH_ROOT: zalo.url,
    },
    ready: /Kề Bên is \w+ \(ready in .*\n(.*\n)*\n/,
    within: SERVER_WITHIN_MS,
  });
}

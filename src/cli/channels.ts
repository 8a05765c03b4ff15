import { AppError } from "../app/errors.ts";
import { type Config, readConfig, telegramOf, zaloOf } from "../config.ts";
import { checkTelegram } from "./channels/check-telegram.ts";
import { checkZalo } from "./channels/check-zalo.ts";
import { type Finding, note, wrong } from "./channels/finding.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run channels [-- --set]`: says in words what is right and wrong with each messenger, and what to do. Nothing is
 * changed without `--set`, which sets the webhook and the menu at Telegram. 1 when something is wrong.
 */
const SIGNS = { right: "ok   ", wrong: "WRONG", note: "     " } as const;
const unknown = process.argv.slice(2).filter((argument) => argument !== "--set");
if (unknown.length > 0) {
  process.stderr.write(`npm run channels [-- --set]; "${unknown[0]}" is not known\n`);
  process.exit(2);
}
const config = configured();
const findings = config === null ? [] : [...(await telegram(config)), ...zalo(config)];
for (const { kind, text } of findings) say(`${SIGNS[kind]} ${text}`);
process.exit(config === null || findings.some(({ kind }) => kind === "wrong") ? 1 : 0);

function configured(): Config | null {
  try {
    return readConfig(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
    return null;
  }
}

async function telegram(given: Config): Promise<Finding[]> {
  const setUp = telegramOf(given);
  if (setUp === null) return [note("Telegram is off: TELEGRAM_TOKEN is not set")];
  const { TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: publicUrl } = given;
  const half =
    secret !== undefined && publicUrl === undefined
      ? [wrong("TELEGRAM_WEBHOOK_SECRET is set and PUBLIC_URL is not: Telegram has no address to call")]
      : [];
  return [...half, ...(await checkTelegram(setUp, process.argv.includes("--set")))];
}

function zalo(given: Config): Finding[] {
  const setUp = zaloOf(given);
  return setUp === null
    ? [note("Zalo is off: the ZALO_… variables are not set")]
    : checkZalo({ ...setUp, publicUrl: given.PUBLIC_URL }, Date.now());
}

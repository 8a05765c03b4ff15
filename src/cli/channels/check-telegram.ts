import { Api } from "grammy";
import { commandMenu } from "../../adapters/channels/telegram/commands.ts";
import { judgeError } from "../../adapters/channels/telegram/judge-error.ts";
import { WEBHOOK_PATH } from "../../adapters/channels/telegram/webhook.ts";
import { ALLOWED_UPDATES } from "../../adapters/channels/telegram/wire.ts";
import { type Finding, masked, note, right, wrong } from "./finding.ts";

export interface TelegramSetUp {
  readonly token: string;
  readonly apiRoot: string | undefined;
  readonly webhook: { readonly secret: string; readonly publicUrl: string } | null;
}

const ANSWER_SECONDS = 10;
const HOUR_S = 3600;
/** Telegram calls no other ports. */
const PORTS = new Set(["", "443", "80", "88", "8443"]);

/** Asks Telegram what it knows of this bot, and with `mayChange` sets what the server would set at its start. Never throws. */
export async function checkTelegram(setUp: TelegramSetUp, mayChange: boolean): Promise<Finding[]> {
  const { token, apiRoot, webhook } = setUp;
  const api = new Api(token, {
    timeoutSeconds: ANSWER_SECONDS,
    ...(apiRoot === undefined ? {} : { apiRoot }),
  });
  const found: Finding[] = [];
  try {
    const me = await api.getMe();
    found.push(right(`the token ${masked(token)} belongs to @${me.username}`));
    if (me.can_join_groups)
      found.push(
        note(
          "the bot may be put into groups, where it only says to write in private: BotFather, /setjoingroups, Disable",
        ),
      );
    if (mayChange) await change(api, webhook);
    found.push(...(await checkDelivery(api, webhook)));
  } catch (error) {
    found.push(explain(error, token));
  }
  return found;
}

async function change(api: Api, webhook: TelegramSetUp["webhook"]): Promise<void> {
  await api.setMyCommands(commandMenu("vi"));
  await api.setMyCommands(commandMenu("en"), { language_code: "en" });
  if (webhook === null) await api.deleteWebhook();
  else
    await api.setWebhook(addressOf(webhook), {
      secret_token: webhook.secret,
      allowed_updates: ALLOWED_UPDATES,
    });
}

const addressOf = ({ publicUrl }: { readonly publicUrl: string }) => new URL(WEBHOOK_PATH, publicUrl).href;

async function checkDelivery(api: Api, webhook: TelegramSetUp["webhook"]): Promise<Finding[]> {
  const info = await api.getWebhookInfo();
  const { url: set = "" } = info;
  const found: Finding[] = [];
  const again = "npm run channels -- --set, or start the server, sets it";
  if (webhook === null) {
    found.push(
      set === ""
        ? right("no webhook is set: the server asks Telegram by itself (one process at a time does)")
        : wrong(`a webhook is set at ${hostOf(set)}, but this server would ask by itself; ${again}`),
    );
  } else {
    const wanted = addressOf(webhook);
    const { protocol, port } = new URL(wanted);
    if (protocol !== "https:") found.push(wrong("PUBLIC_URL is not https: Telegram calls no other"));
    if (!PORTS.has(port))
      found.push(wrong(`PUBLIC_URL has port ${port}: Telegram calls 443, 80, 88 and 8443 only`));
    if (set === wanted) found.push(right(`Telegram calls ${wanted}`));
    else if (set === "") found.push(wrong(`no webhook is set; ${again}`));
    else found.push(wrong(`Telegram calls ${hostOf(set)} instead of ${hostOf(wanted)}; ${again}`));
  }
  const waiting = info.pending_update_count;
  found.push(waiting > 0 ? note(`${waiting} updates wait at Telegram`) : right("nothing waits at Telegram"));
  const failedAgo = info.last_error_date === undefined ? null : Date.now() / 1000 - info.last_error_date;
  if (failedAgo !== null && failedAgo < HOUR_S)
    found.push(
      wrong(
        `Telegram could not deliver ${Math.round(failedAgo / 60)} minutes ago: ${info.last_error_message ?? "no reason given"}`,
      ),
    );
  return found;
}

/** An address may hold something secret behind its host. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : "an unreadable address";
}

function explain(error: unknown, token: string): Finding {
  const trouble = judgeError(error);
  switch (trouble.kind) {
    case "token":
      return wrong(
        `Telegram does not know the token ${masked(token)}: BotFather, /token, shows the one that holds now`,
      );
    case "flood":
      return wrong(
        `Telegram asks for a pause of ${Math.ceil(trouble.retryAfterMs / 1000)} s; try again after it`,
      );
    case "refused":
    case "blocked":
      return wrong(
        `Telegram refused (${trouble.code}); is PUBLIC_URL reachable from outside, with a valid certificate?`,
      );
    case "conflict":
    case "unreachable":
      return wrong("Telegram cannot be reached from here; does this machine reach the internet?");
  }
}

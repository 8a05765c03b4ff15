import { z } from "zod";
import { AppError } from "./app/errors.ts";
import { readSecretFiles } from "./read-secret-files.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().int().min(5).max(86_400);
// A console says every 25 seconds that it is there.
const lease = z.coerce.number().int().min(60).max(86_400);
const days = z.coerce.number().int().min(1).max(3650);

const Environment = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  /** Where the outside reaches us; needed for webhooks and the origin check behind a proxy. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default("./data"),
  /** Where trained models are kept; default: a folder of DATA_DIR. */
  MODEL_DIR: z.string().min(1).optional(),
  /** 32 bytes, base64, or a ring of keys. Default: a key file in DATA_DIR, made at the first start. */
  STORE_KEY: z
    .string()
    .refine(
      (text) => text.startsWith("ke-ben keys ") || Buffer.from(text, "base64").length === 32,
      "must be 32 bytes in base64 (openssl rand -base64 32) or what npm run keys -- rotate wrote",
    )
    .optional(),
  /** `web` holds pages and sockets, `worker` answers; both only together, over one Redis. */
  ROLE: z.enum(["both", "web", "worker"]).default("both"),
  STORE: z.enum(["lmdb", "redis"]).default("lmdb"),
  /** Also `redis://host:26379?sentinel=name&node=host2:26379` and `redis://host:7000?cluster&node=host2:7000`. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  RETENTION_DAYS: days.default(30),
  /** A live case goes back to the queue when its counsellor's console was last heard of longer ago than this. */
  LEASE_URGENT_SECONDS: lease.default(90),
  LEASE_SECONDS: lease.default(180),
  /** `required`: who has no second factor sees no case until they have set one. */
  CONSOLE_SECOND_FACTOR: z.enum(["optional", "required"]).default("optional"),
  /** From this many chats on a counsellor is asked before they take another one; an emergency counts double. 0: never. */
  COUNSELLOR_CAPACITY: z.coerce.number().int().min(0).max(50).default(4),
  /** Told when an urgent case waits: gets JSON with a `text`, as chat rooms take it. */
  ALARM_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  ALARM_AFTER_SECONDS: seconds.default(60),
  ALARM_SUPERVISOR_AFTER_SECONDS: seconds.default(120),
  /** While a console is open, the alarm is tried this often, and somebody has to say that they heard it; 0: never. */
  ALARM_DRILL_HOURS: z.coerce
    .number()
    .int()
    .min(0)
    .max(24 * 30)
    .default(8),
  /** A messenger in which nobody wrote for so long is looked at; 0: silence is nothing unusual. */
  CHANNEL_SILENT_HOURS: z.coerce
    .number()
    .int()
    .min(0)
    .max(24 * 30)
    .default(24),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{20,}$/, "does not look like a bot token")
    .optional(),
  TELEGRAM_API_ROOT: z.url().optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional(),
  ZALO_APP_ID: z.string().regex(/^\d+$/).optional(),
  ZALO_APP_SECRET: z.string().min(8).optional(),
  ZALO_OA_SECRET: z.string().min(8).optional(),
  ZALO_ACCESS_TOKEN: z.string().min(8).optional(),
  ZALO_REFRESH_TOKEN: z.string().min(8).optional(),
  ZALO_API_ROOT: z.url().optional(),
  ZALO_OAUTH_ROOT: z.url().optional(),
});

const Checked = Environment.superRefine((env, context) => {
  if (env.STORE === "redis" && env.REDIS_URL === undefined) {
    context.addIssue({ code: "custom", path: ["REDIS_URL"], message: "is needed when STORE=redis" });
  }
  if (env.ROLE !== "both" && env.STORE !== "redis")
    context.addIssue({
      code: "custom",
      path: ["ROLE"],
      message: "web and worker meet in Redis: STORE=redis",
    });
  const zalo = [
    "ZALO_APP_ID",
    "ZALO_APP_SECRET",
    "ZALO_OA_SECRET",
    "ZALO_ACCESS_TOKEN",
    "ZALO_REFRESH_TOKEN",
  ] as const;
  const given = zalo.filter((name) => env[name] !== undefined);
  if (given.length > 0 && given.length < zalo.length) {
    for (const name of zalo) {
      if (env[name] === undefined)
        context.addIssue({ code: "custom", path: [name], message: "is needed as well: Zalo takes all five" });
    }
  }
});

export type Config = z.infer<typeof Environment>;

/** Every variable that is read, in the order of the table in docs/operations.md. */
export const VARIABLES = Object.keys(Environment.shape) as readonly (keyof Config)[];

/** Those that may come from a file instead: `STORE_KEY_FILE` and so on. */
export const SECRETS = [
  "STORE_KEY",
  "REDIS_URL",
  "ALARM_WEBHOOK_URL",
  "TELEGRAM_TOKEN",
  "TELEGRAM_WEBHOOK_SECRET",
  "ZALO_APP_SECRET",
  "ZALO_OA_SECRET",
  "ZALO_ACCESS_TOKEN",
  "ZALO_REFRESH_TOKEN",
] as const satisfies readonly (keyof Config)[];

/** Null when the channel is off. Telegram calls us when it has a secret and an address for it; else we ask Telegram. */
export function telegramOf({
  TELEGRAM_TOKEN: token,
  TELEGRAM_API_ROOT: apiRoot,
  TELEGRAM_WEBHOOK_SECRET: secret,
  PUBLIC_URL: publicUrl,
}: Config) {
  if (token === undefined) return null;
  return {
    token,
    apiRoot,
    webhook: secret === undefined || publicUrl === undefined ? null : { secret, publicUrl },
  };
}

export function zaloOf({
  ZALO_APP_ID: appId,
  ZALO_APP_SECRET: appSecret,
  ZALO_OA_SECRET: oaSecret,
  ...env
}: Config) {
  const {
    ZALO_ACCESS_TOKEN: accessToken,
    ZALO_REFRESH_TOKEN: refreshToken,
    ZALO_API_ROOT: apiRoot,
    ZALO_OAUTH_ROOT: oauthRoot,
  } = env;
  if (!appId || !appSecret || !oaSecret || !accessToken || !refreshToken) return null;
  return { appId, appSecret, oaSecret, accessToken, refreshToken, apiRoot, oauthRoot };
}

/** Reads the environment once. Throws one `CONFIG_INVALID` that lists every mistake, never a value (it may be a secret). */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // An empty variable in a compose file means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const files = readSecretFiles(given, SECRETS);
  const parsed = Checked.safeParse({ ...given, ...files.values });
  if (parsed.success && files.mistakes.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  const mistakes = [
    ...files.mistakes.map(({ name, message }) => `  ${name}: ${message}`),
    ...issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`),
  ];
  throw new AppError("CONFIG_INVALID", { detail: `\n${mistakes.join("\n")}` });
}

import { GrammyError } from "grammy";

/** What a failed call to Telegram means for us. Only numbers leave here: grammY's errors hold the token and the text. */
export type Trouble =
  | { readonly kind: "flood"; readonly retryAfterMs: number }
  /** The person blocked the bot, or is gone from Telegram. */
  | { readonly kind: "blocked"; readonly code: string }
  /** The message can never be taken: a mistake of ours. */
  | { readonly kind: "refused"; readonly code: string }
  /** The token is wrong or withdrawn: people must act. */
  | { readonly kind: "token"; readonly code: string }
  /** Somebody else polls with the same token. */
  | { readonly kind: "conflict" }
  | { readonly kind: "unreachable" };

export function judgeError(error: unknown): Trouble {
  if (!(error instanceof GrammyError)) return { kind: "unreachable" };
  const { error_code: status, parameters } = error;
  const code = `TELEGRAM_${status}`;
  if (status === 429) return { kind: "flood", retryAfterMs: Math.max(1, parameters.retry_after ?? 1) * 1000 };
  if (status === 401 || status === 404) return { kind: "token", code };
  if (status === 409) return { kind: "conflict" };
  if (status === 403) return { kind: "blocked", code };
  return status >= 500 ? { kind: "unreachable" } : { kind: "refused", code };
}

/** Every error that nobody nearby can handle: code → what it means for the people who run the service. */
const ERRORS = {
  TURN_ALWAYS_STALE: {
    status: 503,
    message: "the conversation kept changing while a message was being answered",
  },
  TURN_TIMED_OUT: { status: 503, message: "a turn took longer than its limit" },
  TURN_WITHOUT_OUTCOME: { status: 500, message: "the bot shell ended a turn without an outcome" },
  NOT_SIGNED_IN: { status: 500, message: "a route that needs an account was called without one" },
  NOT_READY: { status: 503, message: "the server is still starting, or is stopping" },
  STORE_BUSY: { status: 503, message: "others changed it at the same moment, again and again" },
  STORE_UNREADABLE: { status: 503, message: "the store cannot be read or written" },
  CONTENT_INVALID: { status: 500, message: "flows/ or intents/ hold mistakes" },
  CONFIG_INVALID: { status: 500, message: "the environment holds mistakes" },
  MODEL_UNUSABLE: { status: 500, message: "the model file does not fit this version" },
  KEYS_REFUSED: { status: 500, message: "the keys are as they were" },
  BACKUP_REFUSED: { status: 500, message: "nothing was backed up or restored" },
  BACKUP_UNUSABLE: { status: 500, message: "the backup cannot be used" },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Carries a code and a cause, never a person's words. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
    const { detail, cause } = options;
    super(detail === undefined ? ERRORS[code].message : `${ERRORS[code].message}: ${detail}`, { cause });
    this.name = "AppError";
    this.code = code;
    this.status = ERRORS[code].status;
  }
}

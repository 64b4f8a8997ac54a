/** The closed list of ways a request can fail; `http/errors.ts` alone knows their numbers. */
export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "gone",
  "too_large",
  "unsupported_media",
  "rate_limited",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorOptions = {
  cause?: unknown;
  /** Facts a caller can act on, safe to show to a stranger. */
  details?: Record<string, unknown>;
  /** Seconds after which asking again makes sense. */
  retryAfter?: number;
};

/** A failure with a code for machines and a message that may be shown to a stranger; the cause goes to the log only. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

/** Says whether a thrown value is an AppError, also one thrown by the other module graph of this process. */
export function isAppError(value: unknown): value is AppError {
  return value instanceof Error && value.name === "AppError" && "code" in value;
}

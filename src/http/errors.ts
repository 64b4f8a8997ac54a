import { describeError } from "#lib/describe-error";
import { AppError, type ErrorCode, isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { isDatabaseAway } from "./database-away.ts";

/** The HTTP status of each way a request can fail. */
export const statuses: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** What the caller reads of a failure: status, headers and the JSON text of the body. */
export type ErrorAnswer = { status: number; headers: Record<string, string>; body: string };

/** Puts any thrown value into words and numbers for the caller; what nobody expected is logged and shown as "internal". */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  const { code, message, details, retryAfter } = expected(error, requestId);
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfter)));
  if (code === "unauthenticated") headers["www-authenticate"] = "Bearer";
  if (code === "too_large") headers.connection = "close";
  return {
    status: statuses[code],
    headers,
    body: JSON.stringify({ error: { code, message, requestId, details } }),
  };
}

/** Makes the Response of a failure, with the error body that every route shares. */
export function errorResponse(error: unknown, requestId: string): Response {
  const { status, headers, body } = errorAnswer(error, requestId);
  return new Response(body, {
    status,
    headers: {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    },
  });
}

function expected(error: unknown, requestId: string): AppError {
  if (isAppError(error)) {
    if (error.code === "internal" || error.code === "unavailable") report(error, requestId);
    return error;
  }
  report(error, requestId);
  if (isDatabaseAway(error)) {
    return new AppError("unavailable", "Baton cannot reach its database right now. Please try again.", {
      retryAfter: 2,
    });
  }
  return new AppError("internal", "Something went wrong on our side. Please try again.");
}

function report(error: unknown, requestId: string): void {
  log.error({ requestId, causes: describeError(error) }, "request failed");
}

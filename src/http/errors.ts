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
  const causes = chain(error).map(describe);
  log.error({ requestId, causes }, "request failed");
}

function chain(error: unknown): unknown[] {
  const found: unknown[] = [];
  let next = error;
  while (next !== undefined && next !== null && found.length < 5) {
    found.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return found;
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  return { name: error.name, code, message: masked(error.message), at: frames(error.stack) };
}

// Database and validation errors quote the values they refuse, and those may be a customer's words.
function masked(message: string): string {
  const firstLine = message.trim().split("\n", 1)[0] ?? "";
  return firstLine.replace(/"[^"]*"|'[^']*'|`[^`]*`|=\([^)]*\)|\+?\d{5,}/g, "…").slice(0, 200);
}

function frames(stack: string | undefined): string[] {
  return (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}

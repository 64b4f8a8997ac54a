import type { z } from "zod";
import { AppError } from "#lib/errors";

const most = 20;

/** Turns what zod found wrong into one `invalid` failure whose details name each field once, in readable words. */
export function condense(error: z.ZodError, place: "body" | "query"): AppError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".").slice(0, 100) || place;
    if (Object.keys(fields).length >= most) break;
    fields[path] ??= issue.message.slice(0, 200);
  }
  const first = Object.entries(fields)[0];
  const message =
    first === undefined
      ? `The ${place} is not valid.`
      : `The ${place} is not valid: ${first.join(": ").replace(/\.$/, "")}.`;
  return new AppError("invalid", message, { details: { fields } });
}

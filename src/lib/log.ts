import pino from "pino";
import { describeError } from "#lib/describe-error";
import { once } from "#lib/registry";

/** The process's logger: JSON lines on standard output, with every known place of a secret or of customer text redacted. */
export const log = once("log", () =>
  pino({
    level: process.env.LOG_LEVEL ?? "info",
    base: undefined,
    // An error carries the values of its query, the body of an answer, the words it could not parse.
    serializers: { err: describeError, error: describeError },
    redact: {
      paths: [
        "token",
        "*.token",
        "secret",
        "*.secret",
        "password",
        "*.password",
        "authorization",
        "*.authorization",
        "cookie",
        "*.cookie",
        "text",
        "*.text",
        "email",
        "*.email",
        "apiKey",
        "*.apiKey",
      ],
      censor: "[redacted]",
    },
  }),
);

import { describe, expect, it } from "vitest";
import { ErrorBody } from "#contracts/errors";
import { isDatabaseAway } from "#http/database-away";
import { errorResponse, statuses } from "#http/errors";
import { AppError, errorCodes } from "#lib/errors";
import { log } from "#lib/log";

describe("the answer to a failure", () => {
  it.each(errorCodes)("has one status and one body for %s", async (code) => {
    const response = errorResponse(new AppError(code, "A sentence.", { details: { a: 1 } }), "request-1");
    expect(response.status).toBe(statuses[code]);
    expect(ErrorBody.parse(await response.json())).toEqual({
      error: { code, message: "A sentence.", requestId: "request-1", details: { a: 1 } },
    });
  });

  it("shows nothing of a failure that nobody expected, whatever was thrown", async () => {
    for (const thrown of [new Error("secret"), "secret", null, undefined, 5, { secret: true }]) {
      const response = errorResponse(thrown, "request-1");
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("secret");
    }
  });

  it("says when to ask again", () => {
    expect(
      errorResponse(new AppError("rate_limited", "x", { retryAfter: 0.2 }), "r").headers.get("retry-after"),
    ).toBe("1");
    expect(errorResponse(new AppError("invalid", "x"), "r").headers.get("retry-after")).toBeNull();
  });

  it("logs the cause, and no value that it quotes", () => {
    const lines: unknown[] = [];
    const level = log.level;
    const error = log.error;
    log.level = "error";
    log.error = ((line: unknown) => lines.push(line)) as typeof log.error;
    const cause = Object.assign(
      new Error('Key (phone)=(+4915112345678) says "my card is 4111111111111111"'),
      { code: "23505" },
    );
    errorResponse(new Error("could not save", { cause }), "request-1");
    log.error = error;
    log.level = level;
    const text = JSON.stringify(lines);
    expect(text).toContain("could not save");
    expect(text).toContain("23505");
    expect(text).not.toMatch(/49151|4111|my card/);
  });
});

describe("a database that is away", () => {
  it.each([
    Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("x"), { code: "57P01" }),
    Object.assign(new Error("x"), { code: "P2024" }),
    new Error("x", { cause: new Error("y", { cause: Object.assign(new Error("z"), { code: "53300" }) }) }),
    Object.assign(new Error("x"), { cause: { kind: "DatabaseNotReachable" } }),
    new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]),
    new Error("Connection terminated unexpectedly"),
  ])("is known by its codes (%#)", (error) => {
    expect(isDatabaseAway(error)).toBe(true);
    const response = errorResponse(error, "request-1");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
  });

  it.each([new Error("x"), Object.assign(new Error("x"), { code: "23505" }), null, "57P01", 5])(
    "is not seen in other failures (%#)",
    (error) => {
      expect(isDatabaseAway(error)).toBe(false);
    },
  );
});

import { Writable } from "node:stream";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { describeError } from "#lib/describe-error";
import { log } from "#lib/log";

describe("a line of the log", () => {
  it("tells of an error what happened and where, and nothing of what it was about", () => {
    const cause = Object.assign(new Error('invalid input "my card is 4111111111111111"'), {
      code: "22P02",
      detail: "Key (email)=(kim@example.com)",
      where: "portal with parameters: $1 = 'my words'",
      meta: { query: "SELECT 'my words'" },
      headers: { authorization: "Bearer baton_secret" },
    });
    const line = written((logger) => logger.error({ err: new Error("could not save", { cause }) }, "failed"));
    expect(line).toContain("could not save");
    expect(line).toContain("22P02");
    expect(line).toContain("log.test.ts");
    expect(line).not.toMatch(/4111|kim@|my words|baton_secret/);
  });

  it("says nothing of what was thrown and is no error", () => {
    expect(describeError("a customer's words")).toEqual([{ name: "string" }]);
  });
});

/** Writes with the serializers and the redaction of the real logger. */
function written(write: (logger: pino.Logger) => void): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(pino({ serializers: log[pino.symbols.serializersSym as never] as never }, stream));
  return text;
}

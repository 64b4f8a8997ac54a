import { describe, expect, it } from "vitest";
import { isConnectionError } from "#lib/db";

const coded = (code: string, more: object = {}) => Object.assign(new Error("no"), { code, ...more });

describe("an error of a database that is away", () => {
  it.each<[string, unknown]>([
    ["its process ends", coded("57P01")],
    ["it is starting", coded("57P03")],
    ["its socket file is not there yet", coded("ENOENT", { syscall: "connect" })],
    [
      "the connection broke while it was idle",
      new Error("Client has encountered a connection error and is not queryable"),
    ],
    [
      "Prisma tells it with its driver's words",
      coded("P2010", { meta: { driverAdapterError: { cause: { code: "57P01" } } } }),
    ],
    ["it lies beneath another", new Error("no", { cause: coded("ECONNREFUSED") })],
  ])("is known where %s", (_, error) => {
    expect(isConnectionError(error)).toBe(true);
  });

  it.each<[string, unknown]>([
    ["a file that is not there", coded("ENOENT", { syscall: "open" })],
    ["a duplicate", coded("23505")],
    ["a statement with too few values", coded("08P01", { severity: "ERROR" })],
    ["nothing", undefined],
  ])("is not taken for %s", (_, error) => {
    expect(isConnectionError(error)).toBe(false);
  });
});

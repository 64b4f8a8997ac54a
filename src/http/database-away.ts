import { isConnectionError } from "#lib/db";

const codes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  // Postgres: shutting down, crashed, starting, connection lost, too many connections, out of disk, lock or deadlock.
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "53100",
  "53200",
  "53300",
  "55P03",
  "57014",
  "40001",
  "40P01",
  // Prisma: unreachable, timed out, closed, no connection free, transaction not started, write conflict.
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
  // Prisma's driver adapters.
  "DatabaseNotReachable",
  "ConnectionClosed",
  "TooManyConnections",
  "SocketTimeout",
]);

/** Says whether a thrown value, or any of its causes, means that the database cannot be reached at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  let next: unknown = error;
  for (let depth = 0; depth < 6 && typeof next === "object" && next !== null; depth += 1) {
    if (says(next)) return true;
    next = "cause" in next ? next.cause : undefined;
  }
  return false;
}

function says(error: object): boolean {
  if ("errors" in error && Array.isArray(error.errors) && error.errors.some(isDatabaseAway)) return true;
  const marks = ["code", "kind", "originalCode"].map((name) => (error as Record<string, unknown>)[name]);
  return marks.some((mark) => typeof mark === "string" && codes.has(mark));
}

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { readWithin, type Statement } from "#lib/read-within";
import { forget, once } from "#lib/registry";
import { type Prisma, PrismaClient } from "#prisma";

/** A transaction that sees one company's rows only. */
export type Tx = Prisma.TransactionClient;

/** A read that waits for the end of this turn of the event loop. */
type Wanted = { statement: Statement; done(rows: pg.QueryResultRow[]): void; fail(error: unknown): void };

type Database = { pool: pg.Pool; prisma: PrismaClient; url: string; reads: Map<string, Wanted[]> };

/** Opens the process's one pool; every later call of this module uses it. Statements end after 15 s, idle transactions too. */
export function openDatabase(url: string, options: { max?: number } = {}): void {
  once("database", () => {
    const pool = new pg.Pool({
      connectionString: url,
      max: options.max ?? 10,
      connectionTimeoutMillis: 3_000,
      // A new connection costs more than a whole answer's reads: a quiet quarter of an hour does not close it.
      idleTimeoutMillis: 900_000,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 15_000,
      keepAlive: true,
    });
    // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    return { pool, prisma, url, reads: new Map() } satisfies Database;
  });
}

/** Closes the pool, waiting for queries under way. */
export async function closeDatabase(): Promise<void> {
  const { pool, prisma } = database();
  forget("database");
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
}

/** The pool itself, for jobs and for statements that set their company by themselves. */
export function pool(): pg.Pool {
  return database().pool;
}

/** The Prisma client without a company: reads only what belongs to none. */
export function globalPrisma(): PrismaClient {
  return database().prisma;
}

/** Runs `work` in one transaction that sees one company's rows only; it ends after 15 s where no other time is given. */
export async function withCompany<T>(
  companyId: string,
  work: (tx: Tx) => Promise<T>,
  { timeout = 15_000 }: { timeout?: number } = {},
): Promise<T> {
  return database().prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('baton.company', ${companyId}, true)`;
      return work(tx);
    },
    { maxWait: 3_000, timeout },
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads rows of one company with plain SQL in one round trip: for lists and hot paths, where Prisma's transaction costs
 * too much. What is asked for one company at once travels together. With a name each connection parses the statement
 * once; only for one whose columns no migration changes.
 */
export function read<Row extends pg.QueryResultRow>(
  companyId: string,
  text: string,
  values: unknown[] = [],
  { name }: { name?: string } = {},
): Promise<Row[]> {
  if (!uuid.test(companyId)) return Promise.resolve([]);
  return new Promise<Row[]>((done, fail) => {
    const { reads } = database();
    const wanted: Wanted = { statement: { text, values, name }, done: done as Wanted["done"], fail };
    const others = reads.get(companyId);
    if (others !== undefined) {
      others.push(wanted);
      return;
    }
    reads.set(companyId, [wanted]);
    // After whoever asks in this very turn of the event loop.
    queueMicrotask(() => {
      const all = reads.get(companyId) ?? [];
      reads.delete(companyId);
      void readTogether(companyId, all);
    });
  });
}

async function readTogether(companyId: string, wanted: Wanted[]): Promise<void> {
  let client: pg.PoolClient;
  try {
    client = await database().pool.connect();
  } catch (error) {
    for (const { fail } of wanted) fail(error);
    return;
  }
  const outcomes = await readWithin(
    client,
    companyId,
    wanted.map(({ statement }) => statement),
  );
  const errors = outcomes.flatMap((outcome) => (outcome.state === "failed" ? [outcome.error] : []));
  const broken = errors.find(isConnectionError);
  client.release(broken);
  const skipped: Wanted[] = [];
  for (const [at, one] of wanted.entries()) {
    const outcome = outcomes[at];
    if (outcome?.state === "read") one.done(outcome.rows);
    else if (outcome?.state === "failed") one.fail(outcome.error);
    else if (broken !== undefined) one.fail(broken);
    else skipped.push(one);
  }
  // One that failed must not take along those that stood behind it.
  if (skipped.length > 0) await readTogether(companyId, skipped);
}

/**
 * Runs one statement outside any company: only for SQL functions that choose their company or sweep by design. With a
 * name each connection parses it once; only for statements whose columns no migration changes.
 */
export async function callSql<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
  { name }: { name?: string } = {},
): Promise<Row[]> {
  const client = await database().pool.connect();
  let broken: unknown;
  try {
    const { rows } = await client.query<Row>({ text, values, name });
    return rows;
  } catch (error) {
    // What the server refuses leaves the connection as it was; the pool's own query would close it.
    if (!(error instanceof pg.DatabaseError) || isConnectionError(error)) broken = error;
    throw error;
  } finally {
    client.release(broken !== undefined);
  }
}

/** Says whether an error, or what lies beneath it, means that the database cannot be reached now: asking again later makes sense. */
export function isConnectionError(error: unknown): boolean {
  let next = error;
  for (let depth = 0; depth < 6 && typeof next === "object" && next !== null; depth += 1) {
    if (tellsOfLoss(next)) return true;
    next = beneath(next);
  }
  return false;
}

function tellsOfLoss(error: object): boolean {
  const code = "code" in error ? String(error.code) : "";
  // Too few values for a statement is a protocol violation to the server as well; the connection outlives it.
  if (code === "08P01" && "severity" in error && error.severity === "ERROR") return false;
  // The socket of an embedded Postgres that is starting again.
  if (code === "ENOENT" && "syscall" in error && error.syscall === "connect") return true;
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|57P0|08|53300|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code) ||
    ("message" in error && lossInWords.test(String(error.message)))
  );
}

const lossInWords =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Can't reach database/;

/** What an error was made of; Prisma keeps what its driver said in `meta`. */
function beneath(error: object): unknown {
  const meta = "meta" in error ? error.meta : undefined;
  if (typeof meta === "object" && meta !== null && "driverAdapterError" in meta)
    return meta.driverAdapterError;
  return "cause" in error ? error.cause : undefined;
}

function database(): Database {
  return once<Database>("database", () => {
    throw new Error("The database is not open yet: call openDatabase first.");
  });
}

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { readWithin } from "#lib/read-within";
import { forget, once } from "#lib/registry";
import { type Prisma, PrismaClient } from "#prisma";

/** A transaction that sees one company's rows only. */
export type Tx = Prisma.TransactionClient;

type Database = { pool: pg.Pool; prisma: PrismaClient; url: string };

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
    return { pool, prisma, url } satisfies Database;
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

/** Runs `work` in one transaction that sees one company's rows only. */
export async function withCompany<T>(companyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return database().prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('baton.company', ${companyId}, true)`;
      return work(tx);
    },
    { maxWait: 3_000, timeout: 15_000 },
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads rows of one company with plain SQL in one round trip: for lists and hot paths, where Prisma's transaction costs
 * too much. With a name each connection parses the statement once; only for one whose columns no migration changes.
 */
export async function read<Row extends pg.QueryResultRow>(
  companyId: string,
  text: string,
  values: unknown[] = [],
  { name }: { name?: string } = {},
): Promise<Row[]> {
  if (!uuid.test(companyId)) return [];
  const client = await database().pool.connect();
  let broken: Error | undefined;
  try {
    return await readWithin<Row>(client, companyId, { text, values, name });
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(isConnectionError(broken) ? broken : undefined);
  }
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
  const { rows } = await database().pool.query<Row>({ text, values, name });
  return rows;
}

/** Says whether an error means that the database cannot be reached now, so that asking again later makes sense. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|57P0|08|53300|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Can't reach database/.test(error.message)
  );
}

function database(): Database {
  return once<Database>("database", () => {
    throw new Error("The database is not open yet: call openDatabase first.");
  });
}

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { pool as mainPool } from "#lib/db";
import { forget, once } from "#lib/registry";
import { type Prisma, PrismaClient } from "#prisma";

type Identity = { pool: pg.Pool; prisma: PrismaClient };

/** A transaction that sees every company's members and invitations, and nothing else of theirs. */
export type IdentityTx = Prisma.TransactionClient;

/**
 * The Prisma client of sign-in: before anyone is known there is no company yet, so its connections may read
 * companies, members and invitations across companies. Row-level security keeps every other table from them.
 */
export function identityPrisma(): PrismaClient {
  return identity().prisma;
}

/** Runs one plain statement on a connection of sign-in. */
export async function identityQuery<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await identity().pool.query<Row>(text, values);
  return rows;
}

/** Closes the connections of sign-in, if any were opened. */
export async function closeIdentity(): Promise<void> {
  const { pool, prisma } = identity();
  forget("accounts.identity");
  forget("accounts.auth");
  await prisma.$disconnect();
  if (!pool.ended) await pool.end();
}

function identity(): Identity {
  return once("accounts.identity", () => {
    const pool = new pg.Pool({
      connectionString: mainPool().options.connectionString,
      max: 4,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 15_000,
      options: "-c baton.scope=identity",
    });
    // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
    pool.on("error", () => undefined);
    return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  });
}

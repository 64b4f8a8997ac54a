import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { callSql } from "#lib/db";
import { oldestRunningTransaction } from "#lib/sweeps";
import { until } from "#support/readers";

export type FreshDatabase = {
  /** The application's ordinary role, held by row-level security. */
  url: string;
  /** The superuser in the same database, to look behind row-level security. */
  adminUrl: string;
  drop(): Promise<void>;
};

/** Makes a migrated database of its own for one suite. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE baton OWNER baton STRATEGY FILE_COPY`);
  return {
    url: inside(inject("postgresUrl"), name),
    adminUrl: inside(inject("postgresAdminUrl"), name),
    drop: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Opens a line to a database as its superuser, whom no row-level security holds; whoever opens it ends it. */
export async function lookBehind({ adminUrl }: { adminUrl: string }): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  return admin;
}

/**
 * Waits for the transactions that run anywhere in this Postgres, other suites' among them: who follows the log reads
 * no further than the oldest one.
 */
export async function othersCommitted(): Promise<void> {
  const [row] = await callSql<{ next: string }>(
    "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next",
  );
  const next = BigInt(row?.next ?? "0");
  await until(
    "the transactions of others have ended",
    async () => BigInt(await oldestRunningTransaction()) >= next,
    15_000,
  );
}

function inside(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("postgresAdminUrl") });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

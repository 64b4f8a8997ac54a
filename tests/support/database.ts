import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

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

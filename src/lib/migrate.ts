import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { StartError } from "#lib/start-error";

export type Migrated = { applied: string[] };

/** Brings the database to the newest schema, jobs' tables included; safe to run in several processes at once. Throws `StartError`. */
export async function migrate(
  url: string,
  folder = join(process.cwd(), "prisma", "migrations"),
): Promise<Migrated> {
  return withDatabase(url, async (db) => {
    await assertNewEnough(db);
    await db.query("SELECT pg_advisory_lock(hashtext('baton:migrations'))");
    const applied = await applyMissing(db, folder);
    await runMigrations({ connectionString: url });
    return { applied };
  });
}

/** Says which migrations of this program the database has not seen yet. */
export async function pendingMigrations(
  url: string,
  folder = join(process.cwd(), "prisma", "migrations"),
): Promise<string[]> {
  return withDatabase(url, async (db) => {
    const table = await db.query("SELECT to_regclass('_prisma_migrations') AS name");
    const done = table.rows[0]?.name === null ? new Map() : await finished(db);
    return migrationsIn(folder).flatMap(({ name }) => (done.has(name) ? [] : [name]));
  });
}

/** Refuses a role that row-level security does not hold: a superuser, or one with BYPASSRLS. Throws `StartError`. */
export async function assertSafeRole(url: string): Promise<void> {
  await withDatabase(url, async (db) => {
    const { rows } = await db.query<{ name: string; super: boolean; bypass: boolean }>(
      "SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user",
    );
    const role = rows[0];
    if (role === undefined || (!role.super && !role.bypass)) return;
    throw new StartError(
      `The database role "${role.name}" ${role.super ? "is a superuser" : "has BYPASSRLS"}, so row-level security would not keep companies apart.`,
      "Put an ordinary role into DATABASE_URL, one that owns its database: CREATE ROLE baton LOGIN PASSWORD '…'; CREATE DATABASE baton OWNER baton;",
    );
  });
}

const oldestServer = 170_000;

async function assertNewEnough(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  const [server] = rows;
  if (server === undefined || server.number >= oldestServer) return;
  throw new StartError(
    `The database runs PostgreSQL ${server.version}, and Baton needs 17 or newer.`,
    "Put the address of a newer server into DATABASE_URL, or leave it out: Baton brings its own.",
  );
}

type Migration = { name: string; sql: string; checksum: string };

function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

// The table of Prisma's own tools, column for column, so that they can be used on this database too.
const table = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

async function applyMissing(db: pg.Client, folder: string): Promise<string[]> {
  await db.query(table);
  const done = await finished(db);
  const applied: string[] = [];
  for (const migration of migrationsIn(folder)) {
    const known = done.get(migration.name);
    if (known === undefined) {
      await apply(db, migration);
      applied.push(migration.name);
    } else if (known !== migration.checksum) {
      throw new StartError(
        `The migration ${migration.name} was changed after it ran on this database.`,
        "Migrations are never edited: put the file back and write a new one.",
      );
    }
  }
  return applied;
}

async function finished(db: pg.Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ name: string; checksum: string }>(
    "SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function apply(db: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const record = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
                  VALUES ($1, $2, $3, clock_timestamp(), 1)`;
  try {
    await db.query("BEGIN");
    await db.query(sql);
    await db.query(record, [randomUUID(), checksum, name]);
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK").catch(() => {});
    const { message } = error as Error;
    throw new StartError(`The migration ${name} failed: ${message}. Nothing of it was kept.`, undefined, {
      cause: error,
    });
  }
}

async function withDatabase<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: "baton migrate",
  });
  db.on("error", () => {});
  await db.connect();
  try {
    // A migration must not queue behind a long transaction and hold up everybody behind itself.
    await db.query("SET lock_timeout = '10s'");
    return await work(db);
  } finally {
    await db.end();
  }
}

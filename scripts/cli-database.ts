import { openDataFolder, secretIn } from "#lib/data-folder";
import { closeDatabase, openDatabase } from "#lib/db";
import { runningEmbeddedPostgres, startEmbeddedPostgres } from "#lib/embedded-postgres";
import { env } from "#lib/env";
import { assertSafeRole, type Migrated, migrate } from "#lib/migrate";

/**
 * Does a command's work on an open, migrated database: the one given, the embedded one of a Baton that runs, or the
 * embedded one started for as long as the command takes.
 */
export async function withDatabase<T>(work: (migrated: Migrated) => Promise<T>): Promise<T> {
  process.env.BATON_SECRET ||= secretIn(env.BATON_DATA, "baton");
  const ground = await find();
  try {
    await assertSafeRole(ground.url);
    const migrated = await migrate(ground.url);
    openDatabase(ground.url);
    try {
      return await work(migrated);
    } finally {
      await closeDatabase();
    }
  } finally {
    await ground.close();
  }
}

async function find(): Promise<{ url: string; close(): Promise<void> | void }> {
  const url = env.DATABASE_URL ?? runningEmbeddedPostgres(env.BATON_DATA);
  if (url !== undefined) return { url, close: () => undefined };
  const folder = openDataFolder(env.BATON_DATA);
  const postgres = await startEmbeddedPostgres({ dataFolder: env.BATON_DATA });
  return {
    url: postgres.url,
    async close() {
      await postgres.stop();
      folder.release();
    },
  };
}

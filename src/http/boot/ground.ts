import { join } from "node:path";
import { watchHealth } from "#http/health";
import { bus, closeBus, openBus } from "#lib/bus";
import { type DataFolder, makeDataFolder, openDataFolder, secretIn } from "#lib/data-folder";
import { callSql, closeDatabase, openDatabase } from "#lib/db";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#lib/embedded-postgres";
import { log } from "#lib/log";
import { assertSafeRole, migrate, pendingMigrations } from "#lib/migrate";
import { forget } from "#lib/registry";
import { closeIdentity } from "#services/accounts";
import { closeRateLimits } from "#services/rate-limit";
import type { House } from "./house.ts";
import type { Part } from "./part.ts";

/** The data folder, held against a second instance where the embedded Postgres lives in it; it also keeps the secret. */
export function dataFolder(house: House): Part {
  let held: DataFolder | undefined;
  return {
    name: "data folder",
    start() {
      const { BATON_DATA, DATABASE_URL, BATON_SECRET } = house.env;
      if (DATABASE_URL === undefined) held = openDataFolder(BATON_DATA);
      const path = held?.path ?? makeDataFolder(BATON_DATA);
      if (BATON_SECRET !== undefined) return;
      // Both module graphs read the environment; the kept secret reaches them as if it had been given.
      process.env.BATON_SECRET = secretIn(path, "baton");
      forget("env");
    },
    stop: () => held?.release(),
  };
}

/** The embedded Postgres, where no other database is given. */
export function postgres(house: House): Part {
  let server: EmbeddedPostgres | undefined;
  return {
    name: "Postgres",
    async start() {
      if (house.env.DATABASE_URL !== undefined) return;
      server = await startEmbeddedPostgres({ dataFolder: house.env.BATON_DATA, log });
      house.databaseUrl = server.url;
    },
    stop: () => server?.stop(),
  };
}

/** The tables, brought to the newest version under a role that row-level security holds. */
export function schema(house: House): Part {
  return {
    name: "schema",
    async start() {
      const folder = join(house.root, "prisma", "migrations");
      await assertSafeRole(house.databaseUrl);
      await migrate(house.databaseUrl, folder);
      watchHealth("migrations", async () => ({ pending: await stillPending(house.databaseUrl, folder) }));
    },
  };
}

/** The process's pool of database connections. */
export function database(house: House): Part {
  return {
    name: "database",
    start() {
      openDatabase(house.databaseUrl);
      watchHealth("database", async () => {
        await callSql("SELECT 1");
        return {};
      });
    },
    async stop() {
      await closeIdentity();
      await closeRateLimits();
      await closeDatabase();
    },
  };
}

/** The bus: Redis where one is given, else within the process. */
export function doorbell(house: House): Part {
  return {
    name: "bus",
    start() {
      openBus(house.env.REDIS_URL);
      watchHealth("bus", async () => {
        await bus().ping();
        return { kind: bus().kind };
      });
    },
    stop: closeBus,
  };
}

// A database only moves forward, so once nothing was pending nobody needs to ask again.
let nonePending = false;

async function stillPending(url: string, folder: string): Promise<number> {
  if (nonePending) return 0;
  const pending = await pendingMigrations(url, folder);
  if (pending.length > 0) throw new Error("migrations are pending");
  nonePending = true;
  return 0;
}

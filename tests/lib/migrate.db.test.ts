import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { assertSafeRole, migrate, pendingMigrations } from "#lib/migrate";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function someMigrations(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  for (const [name, sql] of Object.entries(files)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "migration.sql"), sql);
  }
  return folder;
}

async function rows(sql: string): Promise<unknown[]> {
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  const result = await db.query(sql);
  await db.end();
  return result.rows;
}

describe("migrate", () => {
  it("has nothing to do on a database that is new to date", async () => {
    expect(await migrate(database.url)).toEqual({ applied: [] });
    expect(await pendingMigrations(database.url)).toEqual([]);
  });

  it("brings the tables of the jobs too", async () => {
    expect(await rows("SELECT to_regclass('graphile_worker._private_jobs') AS name")).toEqual([
      { name: "graphile_worker._private_jobs" },
    ]);
  });

  it("applies each migration once when several processes start together", async () => {
    const folder = someMigrations({ "9001_race": "CREATE TABLE race (id int); SELECT pg_sleep(0.1);" });
    const all = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)));
    expect(all.flatMap(({ applied }) => applied)).toEqual(["9001_race"]);
  });

  it("keeps nothing of a migration that fails, and tries it again next time", async () => {
    const broken = someMigrations({ "9002_broken": "CREATE TABLE half (id int); SELECT nonsense;" });
    await expect(migrate(database.url, broken)).rejects.toMatchObject({ name: "StartError" });
    expect(await rows("SELECT to_regclass('half') AS name")).toEqual([{ name: null }]);
    expect(await pendingMigrations(database.url, broken)).toEqual(["9002_broken"]);
  });

  it("refuses a migration that was edited after it ran", async () => {
    await migrate(database.url, someMigrations({ "9003_edited": "SELECT 1;" }));
    const edited = someMigrations({ "9003_edited": "SELECT 2;" });
    await expect(migrate(database.url, edited)).rejects.toThrow("9003_edited was changed");
  });
});

describe("assertSafeRole", () => {
  it("accepts the ordinary role", async () => {
    await assertSafeRole(database.url);
  });

  it("refuses a superuser", async () => {
    await expect(assertSafeRole(inject("postgresAdminUrl"))).rejects.toThrow("is a superuser");
  });
});

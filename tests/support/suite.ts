import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#lib/embedded-postgres";
import { migrate } from "#lib/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    postgresAdminUrl: string;
    postgresUrl: string;
  }
}

// Tests throw their databases away, so nothing needs to survive a power cut.
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

/** Starts one Postgres for all suites, and makes the migrated template they copy; who needs Redis starts their own to break. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), "baton-tests-"));
  chmodSync(dataFolder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataFolder, settings: careless });
  const close = async () => {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  await migrate(postgres.url).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  project.provide("postgresAdminUrl", postgres.adminUrl);
  project.provide("postgresUrl", postgres.url);
  return close;
}

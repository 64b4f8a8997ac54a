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

type Running = { url: string; adminUrl: string; close(): Promise<void> };

/** Starts one Postgres for all suites, and makes the migrated template they copy; who needs Redis starts their own to break. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  users.count += 1;
  users.running ??= start();
  const { url, adminUrl, close } = await users.running;
  project.provide("postgresAdminUrl", adminUrl);
  project.provide("postgresUrl", url);
  return async () => {
    users.count -= 1;
    if (users.count === 0) await close();
  };
}

// Each project loads this file for itself; they live in one process.
const shared = globalThis as { batonTestPostgres?: { count: number; running?: Promise<Running> } };
shared.batonTestPostgres ??= { count: 0 };
const users = shared.batonTestPostgres;

async function start(): Promise<Running> {
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
  return { url: postgres.url, adminUrl: postgres.adminUrl, close };
}

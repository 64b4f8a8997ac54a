import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningEmbeddedPostgres, startEmbeddedPostgres } from "#lib/embedded-postgres";
import { commandOf } from "#lib/process-mark";
import { until } from "#support/readers";

let dataFolder: string;
beforeAll(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "embedded postgres "));
  chmodSync(dataFolder, 0o711);
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as T[];
}

/** Starts it in a process of its own that is then killed, and leaves its Postgres behind. */
async function orphan(): Promise<number> {
  const script = `import { startEmbeddedPostgres } from "#lib/embedded-postgres";
    await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)} });
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  await new Promise((done) => child.once("exit", done));
  const cluster = join(dataFolder, "postgres", "cluster", "postmaster.pid");
  return Number(readFileSync(cluster, "utf8").split("\n")[0]);
}

describe("the embedded Postgres", () => {
  it("gives an ordinary role that owns its database and bypasses nothing", async () => {
    const postgres = await startEmbeddedPostgres({ dataFolder });
    const role = "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user";
    expect(await ask(postgres.url, role)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false },
    ]);
    const extensions = "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1";
    expect((await ask<{ extname: string }>(postgres.url, extensions)).map(({ extname }) => extname)).toEqual([
      "btree_gin",
      "pg_trgm",
      "unaccent",
    ]);
    await postgres.stop();
  });

  it("folds case and finds words beyond ASCII", async () => {
    const postgres = await startEmbeddedPostgres({ dataFolder });
    const text = `SELECT lower('ÄÖÉ') AS lower, unaccent('Größe') AS plain, show_trgm('öl') <> '{}' AS trigrams,
      to_tsvector('german', 'Größen') @@ to_tsquery('german', 'größe') AS found`;
    expect(await ask(postgres.url, text)).toEqual([
      { lower: "äöé", plain: "Grosse", trigrams: true, found: true },
    ]);
    await postgres.stop();
  });

  it("keeps what was committed through a crash", async () => {
    const postgres = await startEmbeddedPostgres({ dataFolder });
    await ask(postgres.url, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    await postgres.restart({ mode: "immediate" });
    expect(await ask(postgres.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await postgres.stop();
  });

  it("is started again, with what was committed, when something kills it", async () => {
    const lost: string[] = [];
    const nothing = () => undefined;
    const log = { info: nothing, debug: nothing, warn: (line: string) => lost.push(line) };
    const postgres = await startEmbeddedPostgres({ dataFolder, log });
    const [pid] = readFileSync(join(dataFolder, "postgres/cluster/postmaster.pid"), "utf8").split("\n");
    process.kill(Number(pid), "SIGKILL");
    const found = () => ask(postgres.url, "SELECT n FROM kept").catch(() => []);
    await until("it is missed", () => lost.length > 0);
    await until("it answers", async () => (await found()).length === 1, 15_000);
    await postgres.stop();
    expect(runningEmbeddedPostgres(dataFolder)).toBeUndefined();
  });

  it("stops the orphan of a killed process and goes on with its data", async () => {
    const left = await orphan();
    expect(runningEmbeddedPostgres(dataFolder)).toMatch(/^postgresql:\/\/baton:/);
    const postgres = await startEmbeddedPostgres({ dataFolder });
    expect(commandOf(left) ?? "").not.toContain(dataFolder);
    expect(await ask(postgres.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await postgres.stop();
    expect(runningEmbeddedPostgres(dataFolder)).toBeUndefined();
  });
});

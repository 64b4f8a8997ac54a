import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
let app: pg.Client;
let admin: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  app = new pg.Client({ connectionString: database.url });
  admin = new pg.Client({ connectionString: database.adminUrl });
  await Promise.all([app.connect(), admin.connect()]);
  await admin.query(`
    INSERT INTO company (id, name, slug) VALUES
      ('00000000-0000-7000-8000-000000000001', 'One', 'one'), ('00000000-0000-7000-8000-000000000002', 'Two', 'two');
    INSERT INTO "user" (id, name, email) VALUES ('00000000-0000-7000-8000-0000000000a1', 'Ada', 'ada@example.com');
    INSERT INTO member (id, company_id, user_id, role) VALUES
      ('00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', 'owner');
    INSERT INTO agent (id, company_id, name) VALUES
      ('00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-000000000001', 'A'),
      ('00000000-0000-7000-8000-0000000000c2', '00000000-0000-7000-8000-000000000002', 'B');
    INSERT INTO audit (id, company_id, actor_kind, action) VALUES
      ('00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-000000000001', 'system', 'made')`);
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end()]);
  await database.drop();
});

async function tenantTables(): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

describe("row-level security", () => {
  it("is forced on every table that names a company", async () => {
    const { rows } = await admin.query<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind IN ('r', 'p')",
    );
    const forced = rows.map(({ relname }) => relname);
    const tables = await tenantTables();
    expect(tables.length).toBeGreaterThan(15);
    expect(forced).toEqual(expect.arrayContaining([...tables, "company"]));
  });

  it("shows a session without a company no row of any of them", async () => {
    const counts: Record<string, number> = {};
    for (const table of [...(await tenantTables()), "company"]) {
      const { rows } = await app.query(`SELECT count(*)::int AS many FROM "${table}"`);
      counts[table] = rows[0].many;
    }
    expect(Object.entries(counts).filter(([, many]) => many > 0)).toEqual([]);
  });

  it("shows a session its own company only, and lets it write nowhere else", async () => {
    await app.query("SELECT set_config('baton.company', '00000000-0000-7000-8000-000000000001', false)");
    const { rows } = await app.query("SELECT name FROM agent");
    expect(rows).toEqual([{ name: "A" }]);
    const { rowCount } = await app.query("UPDATE agent SET name = 'C' WHERE name = 'B'");
    expect(rowCount).toBe(0);
    await expect(
      app.query(
        `INSERT INTO agent (id, company_id, name) VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 'D')`,
      ),
    ).rejects.toThrow(/row-level security/);
    await app.query("RESET baton.company");
  });

  it("lets sign-in see companies, members and invitations, and nothing else of theirs", async () => {
    await app.query("SET baton.scope = 'identity'");
    const seen: string[] = [];
    for (const table of [...(await tenantTables()), "company"]) {
      const { rows } = await app.query(`SELECT count(*)::int AS many FROM "${table}"`);
      if (rows[0].many > 0) seen.push(table);
    }
    expect(seen.sort()).toEqual(["company", "member"]);
    await app.query("RESET baton.scope");
  });

  it("holds a role that can neither lift it nor be a superuser", async () => {
    const { rows } = await app.query(
      "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });
});

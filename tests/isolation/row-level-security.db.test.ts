import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { assertSafeRole } from "#lib/migrate";
import { openStage, type Stage } from "#support/stage";
import { furnishAlerts } from "./furnish-alerts.ts";
import { furnishConnection } from "./furnish-connection.ts";
import { furnishCopilot } from "./furnish-copilot.ts";
import { furnishDesk } from "./furnish-desk.ts";
import { furnishPhone } from "./furnish-phone.ts";
import { furnishQueue } from "./furnish-queue.ts";
import { furnishReports } from "./furnish-reports.ts";
import { furnishRules } from "./furnish-rules.ts";

let stage: Stage;
let app: pg.Client;
let admin: pg.Client;
let mine: string;
let theirs: string;
let tables: string[];

beforeAll(async () => {
  stage = await openStage({ answers: false });
  app = new pg.Client({ connectionString: stage.database.url });
  admin = new pg.Client({ connectionString: stage.database.adminUrl });
  await Promise.all([app.connect(), admin.connect()]);
  [mine, theirs] = [await furnished(), await furnished()];
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT a.attisdropped ORDER BY 1`,
  );
  tables = rows.map(({ name }) => name);
});
afterAll(async () => {
  await Promise.all([app.end(), admin.end()]);
  await stage.close();
});

describe("every tenant table", () => {
  it("has row-level security that holds its owner too, and a policy for reading and one for writing", async () => {
    const { rows } = await admin.query<{ name: string; forced: boolean; checks: number }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
              (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polwithcheck IS NOT NULL
                 AND pg_get_expr(p.polqual, c.oid) LIKE '%current_company()%') AS checks
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1)`,
      [[...tables, "company"]],
    );
    expect(rows).toHaveLength(tables.length + 1);
    expect(rows.filter(({ forced, checks }) => !forced || checks === 0)).toEqual([]);
  });

  it("is one of those that a session without a company reads nothing of, though there is something", async () => {
    const full: string[] = [];
    for (const table of tables) {
      const { rows } = await admin.query(`SELECT count(*)::int AS many FROM "${table}"`);
      if (rows[0].many > 0) full.push(table);
      const seen = await app.query(`SELECT * FROM "${table}" LIMIT 1`);
      expect([table, seen.rows]).toEqual([table, []]);
    }
    // The walk means something only over tables that hold rows.
    expect(tables.filter((table) => !full.includes(table))).toEqual([]);
  });

  it("takes no row of another company, and changes or deletes none", async () => {
    for (const table of tables) {
      const { rows } = await admin.query(
        `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE company_id = $1 LIMIT 1`,
        [theirs],
      );
      const { row } = rows[0];
      const stolen = JSON.stringify({ ...row, ...(typeof row.id === "string" && { id: newId() }) });
      await inCompany(mine, async () => {
        const columns = await columnsOf(table);
        const insert = `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::"${table}", $1::jsonb)`;
        await expect(app.query(insert, [stolen]), table).rejects.toThrow(/row-level security/);
      });
      await inCompany(mine, async () => {
        // What waits to be indexed is taken up by whoever comes next: nothing of it may be left to move.
        if (table === "search_due") return;
        const moved = app.query(`UPDATE "${table}" SET company_id = $1 WHERE company_id = $2`, [
          theirs,
          mine,
        ]);
        await expect(moved, table).rejects.toThrow(/row-level security|append-only|foreign key/);
      });
      await inCompany(mine, async () => {
        const { rowCount } = await app.query(`DELETE FROM "${table}" WHERE company_id = $1`, [theirs]);
        expect([table, rowCount]).toEqual([table, 0]);
      });
    }
  });

  it("points at rows of its own company only", async () => {
    const { rows } = await admin.query<{ name: string; target: string }>(
      `SELECT k.conrelid::regclass::text AS name, k.confrelid::regclass::text AS target
       FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid::regclass::text = ANY($1) AND k.confrelid::regclass::text = ANY($1)
         AND NOT EXISTS (SELECT 1 FROM unnest(k.confkey) AS part JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = part
                         WHERE a.attname = 'company_id')`,
      [tables],
    );
    expect(rows).toEqual([]);

    const foreign = await admin.query(
      "SELECT a.id AS agent, k.id AS contact FROM agent a JOIN contact k USING (company_id) WHERE company_id = $1",
      [theirs],
    );
    const { agent, contact } = foreign.rows[0];
    await inCompany(mine, async () => {
      await expect(
        app.query("INSERT INTO conversation (id, company_id, agent_id, contact_id) VALUES ($1, $2, $3, $4)", [
          newId(),
          mine,
          agent,
          contact,
        ]),
      ).rejects.toThrow(/foreign key/);
    });
  });
});

describe("the sweeps across companies", () => {
  it("leave no door open behind them, also when they are called in the middle of a transaction", async () => {
    const { rows } = await admin.query<{ name: string; types: string }>(
      `SELECT p.proname AS name, pg_get_function_identity_arguments(p.oid) AS types FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'sweep%'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, types } of rows) {
      const values =
        types === "" ? [] : types.split(", ").map((each) => `NULL::${each.split(" ").slice(1).join(" ")}`);
      await app.query("BEGIN");
      await app.query(`SELECT ${name}(${values.join(", ")})`);
      const { rows: after } = await app.query("SELECT current_setting('baton.scope', true) AS scope");
      const { rows: seen } = await app.query("SELECT count(*)::int AS many FROM conversation");
      await app.query("ROLLBACK");
      expect([name, after[0].scope || "", seen[0].many]).toEqual([name, "", 0]);
    }
  });
});

describe("the connection that requests share", () => {
  it("never keeps the company of the request before", async () => {
    for (let round = 0; round < 30; round++) {
      const [companyId, other] = round % 2 === 0 ? [mine, theirs] : [theirs, mine];
      const rows = await read<{ company_id: string }>(companyId, "SELECT company_id FROM conversation");
      expect(new Set(rows.map((row) => row.company_id))).toEqual(new Set([companyId]));
      await read(other, "SELECT 1/0").catch(() => undefined);
    }
    expect(await read("'; RESET ALL; --", "SELECT * FROM conversation")).toEqual([]);
  });
});

describe("a role that row-level security does not hold", () => {
  it("is refused with a sentence that says what to do", async () => {
    await expect(assertSafeRole(stage.database.url)).resolves.toBeUndefined();
    await expect(assertSafeRole(stage.database.adminUrl)).rejects.toThrow(/is a superuser/);
    const name = `free_${newId().slice(-12)}`;
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'free' BYPASSRLS`);
    const url = new URL(stage.database.url);
    [url.username, url.password] = [name, "free"];
    await expect(assertSafeRole(url.href)).rejects.toThrow(/has BYPASSRLS/);
    await admin.query(`DROP ROLE ${name}`);
  });
});

async function columnsOf(table: string): Promise<string> {
  const { rows } = await app.query<{ name: string }>(
    "SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND attgenerated = '' AND attidentity = '' AND NOT attisdropped",
    [`"${table}"`],
  );
  return rows.map(({ name }) => name).join(", ");
}

async function inCompany(companyId: string, work: () => Promise<void>): Promise<void> {
  await app.query("BEGIN");
  try {
    await app.query("SELECT set_config('baton.company', $1, true)", [companyId]);
    await work();
  } finally {
    await app.query("ROLLBACK");
  }
}

/** A company with a row in every table. */
async function furnished(): Promise<string> {
  const shop = await stage.shop();
  const chat = await stage.chat(shop);
  const own = `/api/agent/conversations/${chat.conversationId}`;
  await stage.ask("POST", `${chat.base}/message`, chat.auth, {
    clientId: "1",
    text: "How long can I return it?",
  });
  await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
  await stage.ask("POST", `${own}/accept`, shop.owner.cookie);
  await stage.ask("PUT", "/api/admin/rules", shop.key, { rules: [] });
  await stage.ask("POST", "/api/admin/invitations", shop.owner.cookie, { email: `${newId()}@example.com` });
  await stage.ask("POST", "/api/admin/articles", shop.key, {
    title: "Returns",
    body: "## How long?\n\nThirty days.",
  });
  await fetch(`${stage.url}${chat.base}/attachments`, {
    method: "POST",
    headers: { ...chat.auth, "content-type": "text/plain" },
    body: "one, two",
  });
  await fetch(`${stage.url}${chat.base}/topics`, {
    method: "POST",
    headers: { ...chat.auth, "content-type": "application/json" },
    body: JSON.stringify({ name: "Returns" }),
  });
  await furnishCopilot(stage, shop, chat.conversationId);
  await furnishReports(shop);
  await furnishConnection(stage, shop);
  await furnishQueue(stage, shop);
  await furnishRules(stage, shop, chat.conversationId);
  await furnishAlerts(stage, shop, chat.conversationId);
  await furnishDesk(stage, shop, chat.conversationId);
  await furnishPhone(stage, shop);
  return shop.companyId;
}

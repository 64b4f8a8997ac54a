import { cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "#lib/ids";
import { migrate } from "#lib/migrate";
import { type FreshDatabase, freshDatabase, lookBehind } from "#support/database";

let database: FreshDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  admin = await lookBehind(database);
  await admin.query(
    "DROP SCHEMA public CASCADE; DROP SCHEMA graphile_worker CASCADE; CREATE SCHEMA public AUTHORIZATION baton",
  );
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

it("makes leads of those who wrote by SMS before, and keeps who has opted out", async () => {
  await migrate(database.url, migrationsBefore("0012"));
  const [open, stopped] = ["+15555550101", "+15555550102"];
  await anSmsCompany([
    { number: open, blocked: false },
    { number: stopped, blocked: true },
    { number: "12345", blocked: false },
  ]);

  const { applied } = await migrate(database.url);

  expect(applied).toContain("0012_telephony");
  const { rows } = await admin.query(
    `SELECT l.phone_number AS number, l.opted_out_at IS NOT NULL AS stopped, t.blocked, k.name FROM lead l
     JOIN thread t ON t.key = l.phone_number AND t.contact_id = l.contact_id JOIN contact k ON k.id = l.contact_id ORDER BY 1`,
  );
  expect(rows).toEqual([
    { number: open, stopped: false, blocked: false, name: open },
    { number: stopped, stopped: true, blocked: false, name: stopped },
  ]);
});

function migrationsBefore(first: string): string {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  const all = join(process.cwd(), "prisma", "migrations");
  for (const name of readdirSync(all).filter((each) => each < first)) {
    cpSync(join(all, name), join(folder, name), { recursive: true });
  }
  return folder;
}

async function anSmsCompany(threads: { number: string; blocked: boolean }[]): Promise<void> {
  const [company, agent, connection] = [newId(), newId(), newId()];
  await admin.query("INSERT INTO company (id, name, slug) VALUES ($1, 'Harbour', 'harbour')", [company]);
  await admin.query("INSERT INTO agent (id, company_id, name) VALUES ($1, $2, 'Nori')", [agent, company]);
  await admin.query(
    `INSERT INTO connection (id, company_id, agent_id, channel, name, webhook_id, sealed)
     VALUES ($1, $2, $3, 'sms', 'Phone', 'w', 's')`,
    [connection, company, agent],
  );
  for (const { number, blocked } of threads) {
    const [contact, conversation, thread] = [newId(), newId(), newId()];
    await admin.query("INSERT INTO contact (id, company_id) VALUES ($1, $2)", [contact, company]);
    await admin.query(
      "INSERT INTO conversation (id, company_id, agent_id, contact_id, channel) VALUES ($1, $2, $3, $4, 'sms')",
      [conversation, company, agent, contact],
    );
    await admin.query(
      `INSERT INTO thread (id, company_id, connection_id, key, kind, address, contact_id, conversation_id, blocked)
       VALUES ($1, $2, $3, $4, 'direct', '{}', $5, $6, $7)`,
      [thread, company, connection, number, contact, conversation, blocked],
    );
  }
}

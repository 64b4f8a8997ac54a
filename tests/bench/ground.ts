// One Postgres for all contenders, each with a database of its own that holds the same companies.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { hashToken } from "#lib/crypto";
import { closeDatabase, openDatabase } from "#lib/db";
import { startEmbeddedPostgres } from "#lib/embedded-postgres";
import { migrate } from "#lib/migrate";
import { factsProgram } from "#services/analytics";
import { importArticles } from "#services/knowledge";
import { connectPhone } from "./phone.ts";
import { connectPlatforms, type Paths } from "./platforms.ts";

export type Ground = {
  dataFolder: string;
  version: string;
  /** The address of a contender's database: the ordinary role, or the superuser where `admin` is asked for. */
  url(database: string, role?: "app" | "admin"): string;
  /** Where platforms deliver; the same in every database. */
  paths: Paths;
  stop(): Promise<void>;
};

/** How many chats of the live company are with a person, and how many with the AI. */
export const chats = { withPerson: 5_000, withAgent: 1_000 };
export const small = { key: "baton_benchmark_key_small_company", conversations: 1_000 };
export const large = { key: "baton_benchmark_key_large_company", conversations: 200_000 };
const said = 4;
export const liveKey = "baton_benchmark_key_live_company";

export const kind = {
  company: 1,
  agent: 2,
  user: 3,
  member: 4,
  key: 5,
  contact: 16,
  conversation: 32,
  session: 48,
};

/** The id of the nth thing of a kind. */
export function id(of: number, n: number): string {
  return `${of.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** The session of the nth chat; those with the AI follow those with a person. */
export function sessionId(n: number): string {
  return id(kind.session, n);
}

export function conversationId(n: number): string {
  return id(kind.conversation, n);
}

export function sessionToken(n: number): string {
  return `benchmark-session-${String(n).padStart(8, "0")}`;
}

export function companyId(n: 0 | 1 | 2): string {
  return id(kind.company, n);
}

/** Starts Postgres as Baton runs it, and makes the databases of all contenders. */
export async function layGround({
  bigInbox,
  endpoint,
}: {
  bigInbox: number;
  endpoint: string;
}): Promise<Ground> {
  const dataFolder = mkdtempSync(join(tmpdir(), "baton-bench-"));
  chmodSync(dataFolder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataFolder });
  const url: Ground["url"] = (database, role = "app") => {
    const address = new URL(role === "app" ? postgres.url : postgres.adminUrl);
    address.pathname = `/${database}`;
    return address.href;
  };
  const stop = async () => {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    await migrate(postgres.url);
    await settle(url("baton", "admin"), bigInbox);
    openDatabase(postgres.url);
    await importArticles({ companyId: companyId(0) }, "demo/help-centre");
    const paths = await connectPlatforms(url("baton", "admin"), endpoint);
    await connectPhone(url("baton", "admin"));
    await closeDatabase();
    const admin = new pg.Client({ connectionString: postgres.adminUrl });
    await admin.connect();
    for (const name of ["next", "bare"])
      await admin.query(`CREATE DATABASE ${name} TEMPLATE baton OWNER baton STRATEGY FILE_COPY`);
    const { rows } = await admin.query<{ server_version: string }>("SHOW server_version");
    await admin.end();
    await own(url("bare", "admin"));
    return { dataFolder, version: rows[0]?.server_version ?? "", url, paths, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Fills a database with three companies: one that is live, and two with nothing but a long list. */
async function settle(adminUrl: string, bigInbox: number): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  // Written in bulk, so the counters are counted once at the end instead of in each row's trigger.
  await admin.query("ALTER TABLE conversation DISABLE TRIGGER USER");
  const companies = [
    { n: 0, conversations: chats.withPerson + chats.withAgent, key: liveKey },
    { n: 1, conversations: small.conversations, key: small.key },
    { n: 2, conversations: bigInbox, key: large.key },
  ];
  for (const company of companies) await settleCompany(admin, company);
  await settleSessions(admin);
  await settleHistory(admin);
  await admin.query(`INSERT INTO counter (company_id, name, part, value)
    SELECT company_id, name, 0, count(*) FROM conversation c, unnest(conversation_views(c)) AS name GROUP BY 1, 2`);
  await admin.query("ALTER TABLE conversation ENABLE TRIGGER USER");
  // As in companies that were not filled a moment ago: nobody counts, reads or tells of old conversations meanwhile.
  await admin.query("TRUNCATE search_due");
  await admin.query("UPDATE notification_pulse SET since = pg_current_xact_id()::text::bigint");
  await admin.query(`INSERT INTO analytics_cursor (company_id, since, filled, made_by, read_at)
    SELECT id, pg_current_xact_id()::text::bigint, NULL, '${factsProgram}:always', now() FROM company`);
  await admin.query("VACUUM ANALYZE");
  await admin.end();
}

async function settleCompany(
  admin: pg.Client,
  { n, conversations, key }: { n: number; conversations: number; key: string },
): Promise<void> {
  const [company, agent, user] = [id(kind.company, n), id(kind.agent, n), id(kind.user, n)];
  await admin.query("INSERT INTO company (id, name, slug) VALUES ($1, 'Bench', $2)", [company, `bench-${n}`]);
  await admin.query(`INSERT INTO "user" (id, name, email) VALUES ($1, 'Ada', $2)`, [
    user,
    `ada${n}@example.com`,
  ]);
  await admin.query("INSERT INTO member (id, company_id, user_id, role) VALUES ($1, $2, $3, 'owner')", [
    id(kind.member, n),
    company,
    user,
  ]);
  // Whoever holds the conversations is there all the while: what is taken back from somebody gone is no part of this.
  await admin.query(
    "INSERT INTO presence (company_id, user_id, status, seen_at) VALUES ($1, $2, 'online', now() + interval '1 day')",
    [company, user],
  );
  await admin.query("INSERT INTO agent (id, company_id, name) VALUES ($1, $2, 'Nori')", [agent, company]);
  await admin.query(
    `INSERT INTO api_key (id, company_id, name, prefix, hash, scopes)
     VALUES ($1, $2, 'bench', 'baton_bench', $3, '{conversations:read,conversations:write}')`,
    [id(kind.key, n), company, hashToken(key)],
  );
  const nth = (of: number) =>
    `('${(of + n).toString(16).padStart(8, "0")}-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid`;
  await admin.query(
    `INSERT INTO contact (id, company_id, name)
     SELECT ${nth(kind.contact)}, $1, 'Customer ' || i FROM generate_series(0, $2::int - 1) AS i`,
    [company, conversations],
  );
  // The live company: a person answers the first ones, the AI the rest. The others: a mixture, as in life.
  const person = n === 0 ? `i < ${chats.withPerson}` : "i % 10 = 1";
  const state = `CASE WHEN ${person} THEN 'WITH_HUMAN' WHEN $2::int = 0 OR i % 10 > 5 THEN 'ACTIVE'
                      WHEN i % 10 = 0 THEN 'WAITING_HUMAN' ELSE 'RESOLVED' END`;
  await admin.query(
    `INSERT INTO conversation (id, company_id, agent_id, contact_id, state, operator_id, head, waiting_since, snippet,
                               last_author, last_message_at, last_customer_seq, closed_at)
     SELECT ${nth(kind.conversation)}, $1, $4, ${nth(kind.contact)}, state, CASE WHEN state = 'WITH_HUMAN' THEN $5::uuid END,
            1, CASE WHEN state = 'WAITING_HUMAN' THEN at END,
            'Where is my order? It should have been here on Monday.', 'customer', at, 0, CASE WHEN state = 'RESOLVED' THEN at END
     FROM (SELECT i, ${state} AS state, now() - (i * 7919 % 1000003) * interval '1 second' AS at
           FROM generate_series(0, $3::int - 1) AS i) AS made`,
    [company, n, conversations, agent, user],
  );
}

async function settleSessions(admin: pg.Client): Promise<void> {
  const nth = (of: number) =>
    `('${of.toString(16).padStart(8, "0")}-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid`;
  await admin.query(
    `INSERT INTO chat_session (id, company_id, agent_id, contact_id, conversation_id, token_hash, origin, state, expires_at)
     SELECT ${nth(kind.session)}, $1, $2, ${nth(kind.contact)}, ${nth(kind.conversation)},
            encode(sha256(('benchmark-session-' || lpad(i::text, 8, '0'))::bytea), 'hex'), 'http://127.0.0.1', 'ACTIVE', now() + interval '30 days'
     FROM generate_series(0, $3::int - 1) AS i`,
    [id(kind.company, 0), id(kind.agent, 0), chats.withPerson + chats.withAgent],
  );
}

/** A few words in each chat of the live company: nobody's tables are empty, and Postgres plans for what it has seen. */
async function settleHistory(admin: pg.Client): Promise<void> {
  const spoken = `conversation c, generate_series(1, ${said}) AS n WHERE c.company_id = '${id(kind.company, 0)}'`;
  await admin.query(`INSERT INTO event (company_id, conversation_id, seq, type)
    SELECT c.company_id, c.id, n, 'message' FROM ${spoken}`);
  await admin.query(`INSERT INTO message (id, company_id, conversation_id, seq, author_kind, text, client_id)
    SELECT gen_random_uuid(), c.company_id, c.id, n, CASE WHEN n % 2 = 1 THEN 'customer' ELSE 'agent' END,
           'Where is my order? It should have been here on Monday.', CASE WHEN n % 2 = 1 THEN gen_random_uuid()::text END
    FROM ${spoken}`);
  await admin.query(`INSERT INTO run (id, company_id, conversation_id, agent_id, message_id, customer_seq, epoch, state)
    SELECT gen_random_uuid(), c.company_id, c.id, c.agent_id, gen_random_uuid(), n, 0, 'complete'
    FROM ${spoken} AND n % 2 = 1`);
  await admin.query(
    "UPDATE conversation SET head = $2::int, last_customer_seq = $2::int - 1 WHERE company_id = $1",
    [id(kind.company, 0), said],
  );
}

/** The tables that a bare server would have: the same durable work without anything around it. */
async function own(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(
    "CREATE TABLE bare_conversation (id integer PRIMARY KEY, head integer NOT NULL DEFAULT 0)",
  );
  await admin.query(`CREATE TABLE bare_message (
    conversation_id integer NOT NULL, seq integer NOT NULL, client_id uuid NOT NULL, text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (conversation_id, seq), UNIQUE (conversation_id, client_id))`);
  await admin.query(
    "CREATE TABLE bare_delivery (platform_id text PRIMARY KEY, body bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now())",
  );
  await admin.query(
    "CREATE TABLE bare_caller AS SELECT key AS phone_number, '{}'::jsonb AS known FROM thread",
  );
  await admin.query("CREATE INDEX ON bare_caller (phone_number)");
  await admin.query("CREATE TABLE bare_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
  await admin.query("INSERT INTO bare_conversation SELECT generate_series(0, $1::int)", [
    chats.withPerson + chats.withAgent,
  ]);
  await admin.query(
    `INSERT INTO bare_message (conversation_id, seq, client_id, text)
     SELECT c.id, n, gen_random_uuid(), 'Where is my order? It should have been here on Monday.'
     FROM bare_conversation c, generate_series(1, $1::int) AS n`,
    [said],
  );
  await admin.query("UPDATE bare_conversation SET head = $1", [said]);
  await admin.query("VACUUM ANALYZE");
  await admin.end();
}

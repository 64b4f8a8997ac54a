// How long a report of a busy month takes: all numbers, day by day, while conversations go on.
import pg from "pg";
import { ReportQuery } from "#contracts/analytics";
import { closeDatabase, openDatabase } from "#lib/db";
import { newId } from "#lib/ids";
import { report } from "#services/analytics";
import { add, atMost, type Gathered, median } from "./figures.ts";
import type { Ground } from "./ground.ts";

/** A month of so many conversations. */
export const month = { conversations: 200_000, days: 30, requests: 40 };

/** Asks for the whole overview again and again, each time after something has happened today. */
export async function measureReports(gathered: Gathered, ground: Ground): Promise<void> {
  const admin = new pg.Client({ connectionString: ground.url("baton", "admin") });
  await admin.connect();
  const companyId = await settleMonth(admin);
  openDatabase(ground.url("baton"));
  try {
    const name = `Report of ${month.conversations.toLocaleString("en-GB")} conversations`;
    const first = gathered.line(`${name}, first time`, "ms");
    const again = gathered.line(`${name}, p50`, "ms", [
      atMost("needed", 200, "≤ 200 ms", ({ sides }) => median(sides.baton ?? [])),
    ]);
    const query = ReportQuery.parse({});
    add(
      first,
      "floor",
      await timed(() =>
        admin.query("SELECT count(*) FROM conversation_fact WHERE company_id = $1", [companyId]),
      ),
    );
    add(first, "baton", await timed(() => report({ companyId }, query)));
    const taken: number[] = [];
    for (let request = 0; request < month.requests; request += 1) {
      await admin.query(
        "UPDATE analytics_day SET changes = changes + 1 WHERE company_id = $1 AND day = current_date",
        [companyId],
      );
      taken.push(await timed(() => report({ companyId }, query)));
    }
    add(again, "baton", median(taken));
  } finally {
    await admin.end();
    await closeDatabase();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A company with nothing but facts: no report looks at anything else. */
async function settleMonth(admin: pg.Client): Promise<string> {
  const companyId = newId();
  await admin.query("SET session_replication_role = replica");
  await admin.query("INSERT INTO company (id, name, slug) VALUES ($1, 'Busy', $2)", [companyId, companyId]);
  await admin.query(
    `INSERT INTO conversation_fact (conversation_id, company_id, contact_id, at, channel, agent_id, operator_id, topic, tags, in_hours,
       author, seconds, open_seconds, answers, replies, escalations, person, solved)
     SELECT uuidv7(), $1, gen_random_uuid(), now() - random() * $3::int * interval '1 day',
            (ARRAY['web', 'web', 'web', 'whatsapp', 'telegram'])[1 + i % 5], $1, CASE WHEN i % 5 = 0 THEN ('00000000-0000-4000-8000-' || lpad((i % 40)::text, 12, '0'))::uuid END,
            'Topic ' || i % 8, '{}', i % 3 <> 0, 'agent', 1 + i % 9, 1 + i % 9, 2, i % 2, (i % 5 = 0)::int, i % 5 = 0,
            (ARRAY['confirmed', 'assumed', NULL])[1 + i % 3]
     FROM generate_series(1, $2::int) AS i`,
    [companyId, month.conversations, month.days],
  );
  const narrowing = "company_id, at, channel, agent_id, team_id, operator_id, topic, tags, in_hours";
  const facts = "FROM conversation_fact f WHERE company_id = $1";
  await admin.query(
    `INSERT INTO response_fact (conversation_id, seq, ${narrowing}, author, first, seconds, open_seconds)
     SELECT conversation_id, n, ${narrowing}, CASE WHEN n = 4 THEN 'operator' ELSE 'agent' END, n IN (2, 4), (random() * 400)::int, (random() * 400)::int
     FROM conversation_fact f CROSS JOIN generate_series(2, CASE WHEN person THEN 4 ELSE 3 END) AS n WHERE company_id = $1`,
    [companyId],
  );
  await admin.query(
    `INSERT INTO wait_fact (conversation_id, seq, ${narrowing}, move, reason, rule_id, rule_name, outcome, seconds, open_seconds)
     SELECT conversation_id, 5, ${narrowing}, 'escalate', 'keyword', 'r1', 'Refunds', 'accepted', (random() * 900)::int, 1 ${facts} AND person`,
    [companyId],
  );
  await admin.query(
    `INSERT INTO resolution_fact (conversation_id, seq, contact_id, ${narrowing}, author, how, lasted, seconds, open_seconds)
     SELECT conversation_id, 6, contact_id, ${narrowing}, 'agent', CASE solved WHEN 'confirmed' THEN 'person' ELSE 'quiet' END, true,
            (random() * 9000)::int, 1 ${facts} AND solved IS NOT NULL`,
    [companyId],
  );
  await admin.query(
    `INSERT INTO rating (id, company_id, conversation_id, of, name, message_id, score, asked_at, given_at)
     SELECT uuidv7(), company_id, conversation_id, CASE WHEN person THEN 'human' ELSE 'ai' END, 'Nori', uuidv7(),
            1 + (random() * 4)::int, at, at ${facts} AND solved = 'confirmed'`,
    [companyId],
  );
  await admin.query(
    "INSERT INTO analytics_day (company_id, day) SELECT $1, current_date - n FROM generate_series(0, $2::int) AS n",
    [companyId, month.days],
  );
  await admin.query("SET session_replication_role = origin");
  await admin.query("ANALYZE conversation_fact, response_fact, wait_fact, resolution_fact, rating");
  return companyId;
}

// How long it takes to run a draft of the escalation rules over past conversations, beside plain reading of the same rows.
import pg from "pg";
import type { EscalationRule } from "#contracts/escalation";
import { closeDatabase, openDatabase } from "#lib/db";
import { newId } from "#lib/ids";
import {
  askBacktest,
  defaultRules,
  detect,
  findBacktest,
  readSignals,
  runBacktest,
} from "#services/escalation";
import { add, atMost, type Gathered, median } from "./figures.ts";
import type { Ground } from "./ground.ts";

/** How many conversations the draft is run over, each of so many turns. */
export const past = { conversations: 10_000, turns: 5 };

const chunk = 200;
const texts = [
  "Where is my order? It should have been here on Monday.",
  "This is terrible, I am still waiting for my parcel",
  "How long can I return a tent, and who pays for the parcel?",
  "Thanks, that helped",
];

/** Runs a draft that changes thresholds and keywords over all conversations of a company made for it. */
export async function measureTimeMachine(gathered: Gathered, ground: Ground): Promise<void> {
  const companyId = await settlePast(ground.url("baton", "admin"));
  openDatabase(ground.url("baton"));
  try {
    const seconds = gathered.line(
      `Time machine, ${past.conversations.toLocaleString("en-GB")} conversations`,
      "s",
      [atMost("needed", 10, "≤ 10 s", ({ sides }) => median(sides.baton ?? []))],
    );
    add(seconds, "floor", await readPlainly(ground.url("baton", "admin"), companyId));
    const { id: backtestId } = await askBacktest(
      { companyId },
      { rules: draft(), conversations: past.conversations, timeZone: "Europe/Berlin" },
    );
    const began = performance.now();
    await runBacktest({ companyId, backtestId });
    add(seconds, "baton", (performance.now() - began) / 1_000);
    const { state, report } = await findBacktest(companyId, backtestId);
    if (state !== "done" || report?.conversations !== past.conversations) {
      throw new Error(`The time machine ended ${state}, after ${report?.conversations} conversations.`);
    }
  } finally {
    await closeDatabase();
  }
}

function draft(): EscalationRule[] {
  return defaultRules().rules.map((rule) => {
    if (rule.trigger === "confidence") return { ...rule, threshold: 0.5, consecutive: 1 };
    return rule.trigger === "keyword" ? { ...rule, keywords: [...rule.keywords, "parcel"] } : rule;
  });
}

/** A company with nothing but past conversations: each turn with the customer's words, an answer, and both decisions. */
async function settlePast(adminUrl: string): Promise<string> {
  const [companyId, agentId] = [newId(), newId()];
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  // Nobody reads lists of this company: what triggers would keep for them is left out.
  await admin.query("SET session_replication_role = replica");
  await admin.query("INSERT INTO company (id, name, slug) VALUES ($1, 'Past', $2)", [companyId, companyId]);
  await admin.query("INSERT INTO agent (id, company_id, name) VALUES ($1, $2, 'Nori')", [agentId, companyId]);
  await admin.query(
    `WITH made AS (SELECT uuidv7() AS id, uuidv7() AS contact, i FROM generate_series(1, $3::int) AS i),
          known AS (INSERT INTO contact (id, company_id, name) SELECT contact, $1, 'Customer ' || i FROM made)
     INSERT INTO conversation (id, company_id, agent_id, contact_id, head, last_customer_seq, last_author, snippet)
     SELECT id, $1, $2, contact, $4::int * 2, $4::int * 2 - 1, 'agent', 'Thanks' FROM made`,
    [companyId, agentId, past.conversations, past.turns],
  );
  const turn = `conversation c, generate_series(1, ${past.turns}) AS n WHERE c.company_id = $1`;
  const at =
    "c.created_at - (abs(hashtext(c.id::text)) % 8000) * interval '10 minutes' + n * interval '1 minute'";
  await admin.query(
    `INSERT INTO message (id, company_id, conversation_id, seq, author_kind, text, created_at)
     SELECT uuidv7(), $1, c.id, n * 2 - 1, 'customer', ($2::text[])[1 + abs(hashtext(c.id::text || n)) % 4], ${at} FROM ${turn}`,
    [companyId, texts],
  );
  for (const phase of ["before_answer", "after_answer"] as const) {
    for (const [nth, text] of texts.entries()) {
      const { signals, verdict } = decided(text, phase);
      await admin.query(
        `INSERT INTO decision (id, company_id, conversation_id, seq, phase, outcome, sentence, trace, signals, versions, created_at)
         SELECT uuidv7(), $1, c.id, n * 2 - 1, $2, $3, $4, $5,
                $6::jsonb || jsonb_build_object('messages', n * 2 - 1, 'since', n * 2 - 2)
                || CASE WHEN $2 = 'after_answer' THEN jsonb_build_object('confidence', (abs(hashtext(c.id::text || -n)) % 100) / 100.0)
                        ELSE '{}' END,
                '{"rules": 1, "agent": 1, "model": "keyless"}', ${at}
         FROM ${turn} AND abs(hashtext(c.id::text || n)) % 4 = $7`,
        [
          companyId,
          phase,
          verdict.outcome,
          verdict.sentence,
          JSON.stringify(verdict.trace),
          JSON.stringify(signals),
          nth,
        ],
      );
    }
  }
  await admin.query("VACUUM ANALYZE decision, message, conversation, contact");
  await admin.end();
  return companyId;
}

function decided(text: string, phase: "before_answer" | "after_answer") {
  const before = readSignals(
    text,
    {
      customerTexts: [],
      messages: 0,
      sentiments: [-0.2, 0.1],
      confidences: [0.7, 0.6],
      alreadyOffered: false,
    },
    { channel: "web", topic: "General", language: "en", officeHours: "open", attributes: { plan: "gold" } },
  );
  const after = { ...before, confidence: 0.6, agentTool: { called: false }, aiFailure: { failed: false } };
  const signals = phase === "before_answer" ? before : after;
  return { signals, verdict: detect(defaultRules().rules, { text, signals }) };
}

/** Seconds in which the same rows are read, in the same chunks, by nothing but a connection. */
async function readPlainly(adminUrl: string, companyId: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const began = performance.now();
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: { id: string }[] } = await client.query(
      "SELECT id FROM conversation WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
      [companyId, after, chunk],
    );
    if (rows.length === 0) break;
    const ids = rows.map(({ id }) => id);
    await client.query(
      "SELECT conversation_id, seq, phase, outcome, sentence, signals, created_at FROM decision WHERE conversation_id = ANY($1::uuid[])",
      [ids],
    );
    await client.query(
      "SELECT conversation_id, seq, text FROM message WHERE conversation_id = ANY($1::uuid[])",
      [ids],
    );
    after = ids.at(-1) ?? null;
  }
  const seconds = (performance.now() - began) / 1_000;
  await client.end();
  return seconds;
}

import { callSql } from "#lib/db";
import { groupCommit } from "#lib/group-commit";
import { once } from "#lib/registry";

/**
 * The only reads and writes across companies. Each is one SQL function of the first migration that lifts row-level
 * security for itself alone; whoever calls one goes on with the company it answers.
 */

/** A chat session with its conversation, found by the hash of its token. */
export type SessionRecord = {
  session: Record<string, unknown>;
  conversation: Record<string, unknown>;
  origins: string[];
  agentName: string;
  contactName: string;
};

/** Finds the chat session that a token's hash belongs to; those asked for at once are found in one round trip. */
export function sweepSession(tokenHash: string): Promise<SessionRecord | undefined> {
  return once("sweep.sessions", () => groupCommit(sweepSessions, { lanes: 2, most: 32, enough: 8 }))(
    tokenHash,
  );
}

async function sweepSessions(tokenHashes: string[]): Promise<(SessionRecord | undefined)[]> {
  const rows = await callSql<{ found: SessionRecord | null }>(
    "SELECT sweep_session(hash) AS found FROM unnest($1::text[]) WITH ORDINALITY AS asked (hash, n) ORDER BY n",
    [tokenHashes],
    { name: "sweep_session" },
  );
  return rows.map(({ found }) => found ?? undefined);
}

/** Which of these listeners, each a chat session and a conversation of its customer, may still listen: by their places. */
export async function sweepListeners(
  listeners: { sessionId: string; conversationId: string }[],
): Promise<Set<number>> {
  const rows = await callSql<{ place: string }>("SELECT place FROM sweep_listeners($1, $2)", [
    listeners.map(({ sessionId }) => sessionId),
    listeners.map(({ conversationId }) => conversationId),
  ]);
  return new Set(rows.map(({ place }) => Number(place) - 1));
}

/** Finds the company and the allowed origins of an AI agent by its public id. */
export async function sweepAgent(
  agentId: string,
): Promise<{ id: string; companyId: string; allowedOrigins: string[] } | undefined> {
  const [row] = await callSql<{ id: string; company_id: string; allowed_origins: string[] }>(
    "SELECT id, company_id, allowed_origins FROM sweep_agent($1)",
    [agentId],
  );
  return row && { id: row.id, companyId: row.company_id, allowedOrigins: row.allowed_origins };
}

export type ApiKeyRecord = {
  id: string;
  companyId: string;
  name: string;
  scopes: string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
};

/** Finds an API key by its hash; whether it is still good is for the caller to say. */
export async function sweepApiKey(hash: string): Promise<ApiKeyRecord | undefined> {
  const [row] = await callSql<ApiKeyRecord>(
    `SELECT id, company_id AS "companyId", name, scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt" FROM sweep_api_key($1)`,
    [hash],
  );
  return row;
}

/** The head numbers of many conversations in one query. */
export async function sweepHeads(conversationIds: string[]): Promise<{ id: string; head: number }[]> {
  return callSql("SELECT id, head FROM sweep_heads($1)", [conversationIds]);
}

export type FeedRow = { companyId: string; conversationId: string; seq: number; txid: string };

/** What finished transactions from `since` to before `upto` added to the feeds of these companies. */
export async function sweepFeed(
  companyIds: string[],
  since: string,
  upto: string,
  most: number,
): Promise<FeedRow[]> {
  return callSql(
    `SELECT company_id AS "companyId", conversation_id AS "conversationId", seq, txid::text AS txid
     FROM sweep_feed($1, $2::xid8, $3::xid8, $4)`,
    [companyIds, since, upto, most],
  );
}

/** The oldest transaction still running: everything before it is visible for good. */
export async function oldestRunningTransaction(): Promise<string> {
  const [row] = await callSql<{ xmin: string }>(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin",
  );
  return row?.xmin ?? "0";
}

export type RunRecord = {
  id: string;
  company_id: string;
  conversation_id: string;
  agent_id: string;
  message_id: string;
  customer_seq: number;
  epoch: number;
  state: string;
  fence: number;
  text: string;
};

/** Claims runs that nobody holds: queued longer than `patienceMs`, or held by a process whose lease lapsed. */
export async function sweepRuns(
  holder: string,
  patienceMs: number,
  leaseMs: number,
  most: number,
): Promise<RunRecord[]> {
  return callSql(
    "SELECT * FROM sweep_runs($1, $2 * interval '1 millisecond', $3 * interval '1 millisecond', $4)",
    [holder, patienceMs, leaseMs, most],
  );
}

/** Seconds for which the oldest queued run has waited. */
export async function sweepRunLag(): Promise<number> {
  const [row] = await callSql<{ lag: number }>("SELECT sweep_run_lag() AS lag");
  return row?.lag ?? 0;
}

export type ConnectionRow = {
  id: string;
  company_id: string;
  agent_id: string;
  channel: string;
  name: string;
  webhook_id: string;
  state: string;
  settings: Record<string, string>;
  sealed: string;
  account: string | null;
  created_by: string | null;
  created_at: Date;
  last_sent_at: Date | null;
  last_error: string | null;
  last_error_at: Date | null;
};

/** What of a connection is needed to take in what its platform delivers. */
export type ReceivingConnection = Pick<
  ConnectionRow,
  | "id"
  | "company_id"
  | "agent_id"
  | "channel"
  | "name"
  | "webhook_id"
  | "state"
  | "settings"
  | "sealed"
  | "created_by"
>;

/** Finds connections by the ids that stand in their webhooks' addresses. */
export async function sweepConnections(webhookIds: string[]): Promise<ReceivingConnection[]> {
  return callSql(
    `SELECT c.id, company_id, agent_id, channel, name, webhook_id, state, settings, sealed, created_by
     FROM unnest($1::text[]) AS asked (id) CROSS JOIN LATERAL sweep_connection(asked.id) AS c`,
    [webhookIds],
    { name: "sweep_connections" },
  );
}

/** Finds the connections of phone numbers, of services that choose numbers, and of voice agents: several companies may have entered one. */
export async function sweepPhoneLines(wanted: string[]): Promise<ReceivingConnection[]> {
  return callSql(
    `SELECT id, company_id, agent_id, channel, name, webhook_id, state, settings, sealed, created_by FROM sweep_phone_lines($1)`,
    [wanted],
    { name: "sweep_phone_lines" },
  );
}

/** The sealed credentials of all connections, by id, a page at a time. */
export async function sweepSealed(
  after: string,
  most: number,
): Promise<{ id: string; companyId: string; sealed: string }[]> {
  return callSql(`SELECT id, company_id AS "companyId", sealed FROM sweep_sealed($1, $2)`, [after, most]);
}

/** Removes the raw bodies of handled deliveries that are older than `before`; answers how many went. */
export async function sweepOldDeliveries(before: Date, most: number): Promise<number> {
  const [row] = await callSql<{ gone: number }>("SELECT sweep_old_deliveries($1, $2) AS gone", [
    before,
    most,
  ]);
  return row?.gone ?? 0;
}

/** Puts one job in line for each company whose log has grown since the last look; answers how many there were. */
export async function sweepStirred(): Promise<number> {
  const [row] = await callSql<{ stirred: number }>("SELECT sweep_stirred() AS stirred");
  return row?.stirred ?? 0;
}

/** Forgets whom a browser told before, in whichever company. */
export async function sweepPushEndpoint(hash: string): Promise<void> {
  await callSql("SELECT sweep_push_endpoint($1)", [hash]);
}

/** Removes alerts that have not changed since `before`; answers how many went. */
export async function sweepOldAlerts(before: Date, most: number): Promise<number> {
  const [row] = await callSql<{ gone: number }>("SELECT sweep_old_alerts($1, $2) AS gone", [before, most]);
  return row?.gone ?? 0;
}

/** Companies whose facts for reports are behind their logs, or whom time alone has told something by `moment`. */
export async function sweepAnalytics(upto: string, moment: Date, most: number): Promise<string[]> {
  const rows = await callSql<{ companyId: string }>(
    `SELECT company_id AS "companyId" FROM sweep_analytics($1::xid8, $2, $3)`,
    [upto, moment, most],
  );
  return rows.map(({ companyId }) => companyId);
}

/** A message or a contact that waits to be read for its words. */
export type SearchDueRow = {
  id: string;
  companyId: string;
  conversationId: string | null;
  seq: number | null;
  contactId: string | null;
};

/** What waits to be read for its words in all companies, the newest first. */
export async function sweepSearchDue(most: number): Promise<SearchDueRow[]> {
  return callSql(
    `SELECT id, company_id AS "companyId", conversation_id AS "conversationId", seq, contact_id AS "contactId"
     FROM sweep_search_due($1)`,
    [most],
  );
}

export type Standing = "online" | "away";

/**
 * Notes who is here, what they have just chosen to be, whether they look at a window and whether one was just opened;
 * answers how each stands now, as far as they are members. Whose windows spoke by themselves and have fallen silent is
 * noted no more, however long a line stands open.
 */
export async function sweepSeen(
  seen: {
    companyId: string;
    userId: string;
    chosen?: Standing | undefined;
    looks?: boolean | undefined;
    arrives?: boolean | undefined;
  }[],
): Promise<{ companyId: string; userId: string; standing: Standing }[]> {
  return callSql(
    `SELECT of_company AS "companyId", person AS "userId", standing FROM sweep_seen($1, $2, $3, $4, $5)`,
    [
      seen.map(({ companyId }) => companyId),
      seen.map(({ userId }) => userId),
      seen.map(({ chosen }) => chosen ?? null),
      seen.map(({ looks }) => looks ?? null),
      seen.map(({ arrives }) => arrives ?? null),
    ],
  );
}

/** Operators who are not here any more, although a conversation waits for their word, and since when nothing was seen of them. */
export async function sweepVanished(
  now: Date,
  most: number,
): Promise<{ companyId: string; userId: string; unseenSince: Date }[]> {
  return callSql(
    `SELECT company_id AS "companyId", user_id AS "userId", unseen_since AS "unseenSince" FROM sweep_vanished($1, $2)`,
    [now, most],
  );
}

/** Companies in which somebody waits and that give conversations to people, or run a chain. */
export async function sweepWaiting(): Promise<string[]> {
  const rows = await callSql<{ companyId: string }>(
    `SELECT company_id AS "companyId" FROM sweep_waiting() AS waits (company_id)`,
  );
  return rows.map(({ companyId }) => companyId);
}

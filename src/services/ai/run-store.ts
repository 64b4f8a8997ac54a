import pg from "pg";
import { pool } from "#lib/db";
import { type RunRecord, sweepRuns } from "#lib/sweeps";

/** A run with what only the AI room reads. */
export type Run = RunRecord & { detail: RunDetail };
/** `stopRequested` names the run it was meant for: the row is used again when the message is answered anew. */
export type RunDetail = { stopRequested?: string; [key: string]: unknown };

export type Renewal = "held" | "stop" | "lost";

/** The rows of runs, as the runner changes them: each change is conditional on the fence, and on the database's clock. */
export type RunStore = {
  /** Takes a queued run; `undefined` when another has it, or it is over. */
  claim(companyId: string, runId: string, holder: string, leaseMs: number): Promise<Run | undefined>;
  /** Takes runs of any company that nobody holds. */
  sweep(holder: string, patienceMs: number, leaseMs: number, most: number): Promise<Run[]>;
  /** Keeps a run and stores the text shown so far. */
  renew(run: Run, leaseMs: number, text: string): Promise<Renewal>;
  /** Gives a run back, so that any process may take it at once. */
  release(run: Run): Promise<boolean>;
  /** Puts a run that another process left under new ids, so that no late word of that process can mix in. */
  reissue(run: Run, ids: { runId: string; messageId: string }): Promise<Run | undefined>;
  /** Ends a run for good without a word, where every other way failed. */
  giveUp(run: Run): Promise<void>;
  /** Asks for the end of a conversation's running answer; answers the run, if there is one. */
  requestStop(companyId: string, conversationId: string): Promise<Run | undefined>;
};

/** Says whether the customer stopped this very run, and not one that it replaces. */
export function wasStopped(run: Run): boolean {
  return run.detail.stopRequested === run.id;
}

/** The runs in Postgres. */
export const runStore: RunStore = {
  async claim(companyId, runId, holder, leaseMs) {
    if (!uuid.test(companyId) || !uuid.test(runId)) return undefined;
    // One wait instead of three, as a claim stands before the first token; this form takes no parameters.
    const answers: unknown = await pool().query(
      `BEGIN; SELECT set_config('baton.company', '${companyId}', true);
       UPDATE run SET state = 'running', fence = fence + 1, worker = ${pg.escapeLiteral(holder)},
                      lease_until = now() + ${Math.round(leaseMs)} * interval '1 millisecond',
                      started_at = coalesce(started_at, now())
       WHERE company_id = '${companyId}' AND id = '${runId}' AND state = 'queued' RETURNING *;
       COMMIT`,
    );
    const [, , claimed] = answers as pg.QueryResult<Run>[];
    const run = claimed?.rows[0];
    return run;
  },

  async sweep(holder, patienceMs, leaseMs, most) {
    // The function answers whole rows; the type of #lib/sweeps names only some of their columns.
    return (await sweepRuns(holder, patienceMs, leaseMs, most)) as Run[];
  },

  async renew(run, leaseMs, text) {
    const [held] = await inCompany<{ stop: boolean }>(
      run.company_id,
      `UPDATE run SET lease_until = now() + $4 * interval '1 millisecond', text = $5,
                      first_token_at = CASE WHEN $5 = '' THEN first_token_at ELSE coalesce(first_token_at, now()) END
       WHERE company_id = $1 AND id = $2 AND fence = $3 AND state = 'running'
       RETURNING coalesce(detail->>'stopRequested' = id::text, false) AS stop`,
      [run.company_id, run.id, run.fence, leaseMs, text],
    );
    if (held === undefined) return "lost";
    return held.stop ? "stop" : "held";
  },

  async release(run) {
    const rows = await inCompany(
      run.company_id,
      `UPDATE run SET state = 'queued', lease_until = NULL, worker = NULL
       WHERE company_id = $1 AND id = $2 AND fence = $3 AND state = 'running' RETURNING id`,
      [run.company_id, run.id, run.fence],
    );
    return rows.length === 1;
  },

  async reissue(run, { runId, messageId }) {
    const [reissued] = await inCompany<Run>(
      run.company_id,
      `UPDATE run SET id = $4::uuid, message_id = $5, text = '',
                      detail = CASE WHEN detail->>'stopRequested' = id::text
                                    THEN detail || jsonb_build_object('stopRequested', $4::uuid::text) ELSE detail END
       WHERE company_id = $1 AND id = $2 AND fence = $3 AND state = 'running' RETURNING *`,
      [run.company_id, run.id, run.fence, runId, messageId],
    );
    return reissued;
  },

  async giveUp(run) {
    await inCompany(
      run.company_id,
      `UPDATE run SET state = 'interrupted', lease_until = NULL, finished_at = now()
       WHERE company_id = $1 AND id = $2 AND fence = $3 AND state = 'running' RETURNING id`,
      [run.company_id, run.id, run.fence],
    );
  },

  async requestStop(companyId, conversationId) {
    const [run] = await inCompany<Run>(
      companyId,
      `UPDATE run SET detail = detail || jsonb_build_object('stopRequested', id::text)
       WHERE company_id = $1 AND conversation_id = $2 AND state IN ('queued', 'running') RETURNING *`,
      [companyId, conversationId],
    );
    return run;
  },
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One statement for one company, without the price of Prisma's transaction: a claim stands before the first token. */
async function inCompany<Row extends pg.QueryResultRow>(
  companyId: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  if (!uuid.test(companyId)) return [];
  const client = await pool().connect();
  let broken = true;
  try {
    // Sent together, so that they cost one wait less; the id was checked above, as this form takes no parameters.
    await client.query(`BEGIN; SELECT set_config('baton.company', '${companyId}', true)`);
    const { rows } = await client.query<Row>(text, values);
    await client.query("COMMIT");
    broken = false;
    return rows;
  } finally {
    // A connection that failed in the middle of a transaction is not worth mending.
    client.release(broken);
  }
}

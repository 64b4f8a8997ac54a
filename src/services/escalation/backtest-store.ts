import type { BacktestReport, ChangedConversation } from "#contracts/backtests";
import { type EscalationRule, Rules } from "#contracts/escalation";
import { read, withCompany } from "#lib/db";
import type { Change } from "./backtest-tally.ts";
import type { Moment } from "./replay.ts";

export type BacktestJob = { companyId: string; backtestId: string };

/** A run that this process holds, by the attempt that it began. */
export type Run = BacktestJob & {
  attempt: number;
  rules: EscalationRule[];
  asked: number;
  /** The newest conversation that it looks at; none where there are none. */
  newest: string | undefined;
  timeZone: string;
};

/** What a change keeps besides its kind: where a person came in, and what really became of the conversation. */
export type ChangeDetail = Pick<
  ChangedConversation,
  "before" | "after" | "takenByHand" | "withPerson" | "lowRating"
>;

/** Takes a run that has not ended, from its start; whoever held it before can write no more. */
export async function claimRun({ companyId, backtestId }: BacktestJob): Promise<Run | undefined> {
  return withCompany(companyId, async (tx) => {
    const [row] = await tx.$queryRaw<ClaimedRow[]>`
      UPDATE backtest SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()), done = 0
      WHERE company_id = ${companyId}::uuid AND id = ${backtestId}::uuid AND state IN ('queued', 'running')
      RETURNING attempt, rules, asked, newest, time_zone`;
    if (row === undefined) return undefined;
    await tx.backtestChange.deleteMany({ where: { companyId, backtestId } });
    return {
      companyId,
      backtestId,
      attempt: row.attempt,
      rules: Rules.parse(row.rules),
      asked: row.asked,
      newest: row.newest ?? undefined,
      timeZone: row.time_zone,
    };
  });
}

/** Keeps how far a run is, with what it found since; false where it was cancelled or taken over. */
export async function keepProgress(
  run: Run,
  { done, total, changes }: { done: number; total: number; changes: readonly Change[] },
): Promise<boolean> {
  const rows = changes.map((change) => ({
    conversation_id: change.conversationId,
    kind: change.kind,
    turns: change.turns ?? null,
    detail: detailOf(change),
  }));
  return withCompany(run.companyId, async (tx) => {
    const held = await tx.backtest.updateMany({ where: mine(run), data: { done, total } });
    if (held.count === 0) return false;
    await tx.$executeRaw`INSERT INTO backtest_change (company_id, backtest_id, conversation_id, kind, turns, detail)
      SELECT ${run.companyId}::uuid, ${run.backtestId}::uuid, c.id, x.kind, x.turns, x.detail
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x (conversation_id uuid, kind text, turns integer, detail jsonb)
      JOIN conversation c ON c.company_id = ${run.companyId}::uuid AND c.id = x.conversation_id`;
    return true;
  });
}

/** Ends a run with its report, or with what went wrong in words; nothing where it was cancelled or taken over. */
export async function endRun(
  run: Run,
  end: { report: BacktestReport } | { problem: string },
  now: Date,
): Promise<void> {
  const data = "report" in end ? { state: "done", ...end } : { state: "failed", ...end };
  await withCompany(run.companyId, (tx) =>
    tx.backtest.updateMany({ where: mine(run), data: { ...data, finishedAt: now } }),
  );
}

/** How many conversations a run looks at. */
export async function countConversations({ companyId, newest, asked }: Run): Promise<number> {
  if (newest === undefined) return 0;
  const [row] = await read<{ total: number }>(
    companyId,
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM conversation
       WHERE company_id = $1 AND id <= $2 AND last_customer_seq > 0 ORDER BY id DESC LIMIT $3) AS looked_at`,
    [companyId, newest, asked],
  );
  return row?.total ?? 0;
}

/** The next conversations of a run, newest first: those up to its newest, or those before the last one seen. */
export async function nextConversations(
  { companyId, newest }: Run,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await read<{ id: string }>(
    companyId,
    `SELECT id FROM conversation
     WHERE company_id = $1 AND id <= $2 AND ($3::uuid IS NULL OR id < $3) AND last_customer_seq > 0
     ORDER BY id DESC LIMIT $4`,
    [companyId, newest, after ?? null, limit],
  );
  return rows.map(({ id }) => id);
}

/** How many people a company has. */
export async function countMembers(companyId: string): Promise<number> {
  const [row] = await read<{ members: number }>(
    companyId,
    "SELECT count(*)::int AS members FROM member WHERE company_id = $1",
    [companyId],
  );
  return row?.members ?? 0;
}

type ClaimedRow = {
  attempt: number;
  rules: unknown;
  asked: number;
  newest: string | null;
  time_zone: string;
};

function mine({ companyId, backtestId, attempt }: Run) {
  return { companyId, id: backtestId, attempt, state: "running" };
}

function detailOf({ before, after, truth }: Change): ChangeDetail {
  return {
    ...(before && { before: movedOf(before) }),
    ...(after && { after: movedOf(after) }),
    takenByHand: truth?.takenByHand ?? false,
    withPerson: truth?.withPerson ?? false,
    ...(truth?.lowRating !== undefined && { lowRating: truth.lowRating }),
  };
}

function movedOf({ index, turn, outcome, ruleId, sentence }: Moment): ChangeDetail["before"] {
  return { turn: index + 1, seq: turn.seq, outcome, ...(ruleId !== undefined && { ruleId }), sentence };
}

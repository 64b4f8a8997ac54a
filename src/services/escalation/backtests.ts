import type {
  AskBacktestBody,
  BacktestPage,
  BacktestReport,
  BacktestView,
  ChangedConversation,
  ChangedPage,
  ChangeKind,
} from "#contracts/backtests";
import { visitorName } from "#contracts/canned-words";
import type { ChannelName } from "#contracts/channel";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { addJobWithin } from "#lib/jobs";
import { phoneWords } from "#lib/phone-number";
import type { ChangeDetail } from "./backtest-store.ts";
import { authorOf } from "./rule-draft.ts";
import type { Publisher } from "./stored-rules.ts";
import { triedRules } from "./tried-rules.ts";

/** How many runs a company keeps; the oldest give way. */
const KEPT = 20;

/**
 * Has rules run over the newest conversations, in a job of their own. Throws `conflict` while one is running, and
 * `not_found` where the draft is asked for and there is none.
 */
export async function askBacktest(
  who: Publisher,
  body: AskBacktestBody,
  now = new Date(),
): Promise<BacktestView> {
  const { companyId } = who;
  const { rules, basedOn } = await triedRules(companyId, body.rules);
  const id = newId(now.getTime());
  await withCompany(companyId, async (tx) => {
    await tx.$executeRaw`DELETE FROM backtest WHERE company_id = ${companyId}::uuid AND id IN (
      SELECT id FROM backtest WHERE company_id = ${companyId}::uuid AND state NOT IN ('queued', 'running')
      ORDER BY id DESC OFFSET ${KEPT - 1})`;
    const [newest] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM conversation
      WHERE company_id = ${companyId}::uuid AND last_customer_seq > 0 ORDER BY id DESC LIMIT 1`;
    const { count } = await tx.backtest.createMany({
      data: {
        id,
        companyId,
        rules,
        basedOn,
        asked: body.conversations,
        timeZone: body.timeZone,
        newest: newest?.id ?? null,
        createdBy: who.userId ?? null,
        createdAt: now,
      },
      skipDuplicates: true,
    });
    if (count === 0) {
      throw new AppError("conflict", "A run of the time machine is under way. Wait for it, or cancel it.");
    }
    await addJobWithin(tx, "rules.backtest", { companyId, backtestId: id }, { key: `backtest:${id}` });
  });
  return findBacktest(companyId, id);
}

/** One run, with its report once it is done. Throws `not_found`. */
export async function findBacktest(companyId: string, id: string): Promise<BacktestView> {
  const [row] = await read<BacktestRow>(
    companyId,
    `SELECT ${columns}, b.report FROM ${tables} WHERE b.company_id = $1 AND b.id = $2`,
    [companyId, id],
  );
  if (row === undefined) throw new AppError("not_found", "This run of the time machine does not exist.");
  return viewOf(row);
}

/** The runs of a company, newest first. */
export async function listBacktests(
  companyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<BacktestPage> {
  const rows = await read<BacktestRow>(
    companyId,
    `SELECT ${columns}, NULL AS report FROM ${tables}
     WHERE b.company_id = $1 AND ($2::uuid IS NULL OR b.id < $2) ORDER BY b.id DESC LIMIT $3`,
    [companyId, idOf(cursor), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { backtests: page.map(viewOf), ...(rows.length > limit && last && { next: last.id }) };
}

/** Stops a run that is under way; one that has ended stays as it is. Throws `not_found`. */
export async function cancelBacktest(companyId: string, id: string, now = new Date()): Promise<BacktestView> {
  await withCompany(companyId, (tx) =>
    tx.backtest.updateMany({
      where: { companyId, id, state: { in: ["queued", "running"] } },
      data: { state: "cancelled", finishedAt: now },
    }),
  );
  return findBacktest(companyId, id);
}

/** One page of the conversations that a finished run found changed, newest first. Throws `not_found`. */
export async function changedConversations(
  companyId: string,
  id: string,
  { kind, cursor, limit }: { kind?: ChangeKind | undefined; cursor?: string | undefined; limit: number },
): Promise<ChangedPage> {
  const run = await findBacktest(companyId, id);
  if (run.state !== "done") return { conversations: [] };
  const rows = await read<ChangedRow>(
    companyId,
    `SELECT x.conversation_id, x.kind, x.turns, x.detail, c.channel, k.name AS customer, k.id AS contact_id, m.text AS words,
            coalesce(m.created_at, c.created_at) AS at
     FROM backtest_change x
     JOIN conversation c ON c.company_id = $1 AND c.id = x.conversation_id
     JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id
     LEFT JOIN message m ON m.company_id = $1 AND m.conversation_id = x.conversation_id
       AND m.seq = coalesce(x.detail#>'{after,seq}', x.detail#>'{before,seq}')::int
     WHERE x.company_id = $1 AND x.backtest_id = $2 AND ($3::text IS NULL OR x.kind = $3)
       AND ($4::uuid IS NULL OR x.conversation_id < $4)
     ORDER BY x.conversation_id DESC LIMIT $5`,
    [companyId, id, kind ?? null, idOf(cursor), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    conversations: page.map(changedOf),
    ...(rows.length > limit && last && { next: last.conversation_id }),
  };
}

const tables = `backtest b LEFT JOIN "user" u ON u.id = b.created_by`;
const columns = `b.id, b.state, b.based_on, b.asked, b.done, b.total, b.created_by, u.name AS author, b.created_at, b.started_at,
  b.finished_at, b.problem`;

type BacktestRow = {
  id: string;
  state: BacktestView["state"];
  based_on: number;
  asked: number;
  done: number;
  total: number | null;
  created_by: string | null;
  author: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  problem: string | null;
  report: BacktestReport | null;
};

function viewOf(row: BacktestRow): BacktestView {
  const by = authorOf(row.created_by, row.author);
  return {
    id: row.id,
    state: row.state,
    basedOn: row.based_on,
    asked: row.asked,
    done: row.done,
    ...(row.total !== null && { total: row.total }),
    ...(by && { by }),
    createdAt: row.created_at.toISOString(),
    ...(row.started_at !== null && { startedAt: row.started_at.toISOString() }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at.toISOString() }),
    ...(row.problem !== null && { problem: row.problem }),
    ...(row.report !== null && { report: row.report }),
  };
}

type ChangedRow = {
  conversation_id: string;
  kind: ChangeKind;
  turns: number | null;
  detail: ChangeDetail;
  channel: ChannelName;
  customer: string;
  contact_id: string;
  words: string | null;
  at: Date;
};

function changedOf(row: ChangedRow): ChangedConversation {
  return {
    conversationId: row.conversation_id,
    kind: row.kind,
    ...(row.turns !== null && { turns: row.turns }),
    customer: row.customer === "" ? visitorName(row.contact_id) : phoneWords(row.customer),
    channel: row.channel,
    words: (row.words ?? "").slice(0, 300),
    at: row.at.toISOString(),
    ...row.detail,
  };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf(cursor: string | undefined): string | null {
  return cursor !== undefined && uuid.test(cursor) ? cursor : null;
}

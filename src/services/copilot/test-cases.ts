import type { z } from "zod";
import {
  CaseHistory,
  type CaseListQuery,
  type NewTestCase,
  type SaveTestCaseBody,
  type TestCasePage,
  type TestCaseView,
} from "#contracts/copilot";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { listAgents, type Staff } from "#services/accounts";
import { findConversation, messagesBefore, type Reader } from "#services/conversations";
import { getArticle } from "#services/knowledge";
import { regression } from "./score.ts";
import { lastRun, type TestRun } from "./test-runs.ts";
import { turnOf } from "./turn.ts";

/** A run reads all cases at once, and a window a page of them. */
const mostCases = 500;

/**
 * Adds a test case, or changes the one that was made of the same answer before. Throws `not_found` for a message or an
 * article that the company does not have, and `invalid` where the message is no answer to a question.
 */
export async function addTestCase(who: Staff, body: NewTestCase, now = new Date()): Promise<TestCaseView> {
  const [asked] = await Promise.all([askedIn(who, body), needArticle(who, body.articleId)]);
  const { answer, points, articleId = null, from } = body;
  const id = await withCompany(who.companyId, async (tx) => {
    await needRoom(tx, who);
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO test_case (id, company_id, agent_id, question, history, answer, points, article_id, conversation_id,
                             message_id, created_by, created_at, updated_at)
      VALUES (${newId(now.getTime())}::uuid, ${who.companyId}::uuid, ${asked.agentId}::uuid, ${asked.question},
              ${JSON.stringify(asked.history)}::jsonb, ${answer}, ${points}, ${articleId}::uuid,
              ${from?.conversationId ?? null}::uuid, ${from?.messageId ?? null}::uuid, ${who.name}, ${now}, ${now})
      ON CONFLICT (company_id, message_id) DO UPDATE
        SET question = excluded.question, answer = excluded.answer, points = excluded.points,
            article_id = excluded.article_id, updated_at = excluded.updated_at
      RETURNING id`;
    return row?.id ?? "";
  });
  return getTestCase(who, id);
}

/** Changes what is said of a test case. Throws `not_found`. */
export async function saveTestCase(
  who: Reader,
  id: string,
  body: SaveTestCaseBody,
  now = new Date(),
): Promise<TestCaseView> {
  await needArticle(who, body.articleId ?? undefined);
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const { count } = await withCompany(who.companyId, (tx) =>
    tx.testCase.updateMany({ where: { companyId: who.companyId, id }, data: { ...said, updatedAt: now } }),
  );
  if (count === 0) throw missing();
  return getTestCase(who, id);
}

/** Removes a test case. Throws `not_found`. */
export async function deleteTestCase(who: Reader, id: string): Promise<void> {
  const { count } = await withCompany(who.companyId, (tx) =>
    tx.testCase.deleteMany({ where: { companyId: who.companyId, id } }),
  );
  if (count === 0) throw missing();
}

/** Test cases with how each went last, newest first, a page at a time. */
export async function listTestCases(
  who: Reader,
  { cursor, limit }: z.output<typeof CaseListQuery>,
): Promise<TestCasePage> {
  const [rows, run] = await Promise.all([
    rowsOf(
      who,
      `AND ($2::uuid IS NULL OR (t.created_at, t.id) < (SELECT b.created_at, b.id FROM test_case b WHERE b.id = $2))
       ORDER BY t.created_at DESC, t.id DESC LIMIT $3`,
      [cursor === undefined ? null : asId(cursor), limit + 1],
    ),
    lastRun(who),
  ]);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    cases: rows.slice(0, limit).map((row) => viewOf(row, run)),
    next: last?.id,
    lastRun: run?.view,
  };
}

/** What a run asks: every test case of the company, oldest first. */
export function allTestCases(who: Reader): Promise<CaseRow[]> {
  return rowsOf(who, "ORDER BY t.created_at, t.id LIMIT $2", [mostCases]);
}

async function getTestCase(who: Reader, id: string): Promise<TestCaseView> {
  const [[row], run] = await Promise.all([rowsOf(who, "AND t.id = $2", [id]), lastRun(who)]);
  if (row === undefined) throw missing();
  return viewOf(row, run);
}

/** The question of a new case: as it was written for it, or from the log. */
async function askedIn(who: Staff, { question, from }: NewTestCase) {
  if (from !== undefined) {
    const { agentId, turn } = await turnBefore(who, from);
    return { agentId, question: question ?? turn.question, history: turn.history.slice(-mostHistory) };
  }
  const [agent] = await listAgents(who);
  if (agent === undefined) throw new AppError("invalid", "There is no AI agent to ask yet.");
  return { agentId: agent.id, question: question ?? "", history: [] };
}

const mostHistory = 20;

/** What an answer of the AI was given to. */
async function turnBefore(who: Reader, { conversationId, messageId }: NonNullable<NewTestCase["from"]>) {
  const { agentId, state } = await findConversation(who, conversationId);
  const [message] = await read<{ seq: number; author: string }>(
    who.companyId,
    `SELECT seq, author_kind AS author FROM message WHERE company_id = $1 AND conversation_id = $2 AND id = $3`,
    [who.companyId, conversationId, messageId],
  );
  if (message === undefined) throw new AppError("not_found", "This message does not exist.");
  const { messages } = await messagesBefore(who, conversationId, {
    before: message.seq,
    limit: 50,
    audience: "all",
  });
  const turn = turnOf(messages, state);
  if (message.author !== "agent" || turn === undefined) {
    throw new AppError("invalid", "Only an answer of the AI to a customer's question can be corrected.");
  }
  return { agentId, turn };
}

async function needArticle(who: Reader, id: string | undefined): Promise<void> {
  if (id !== undefined) await getArticle(who, id);
}

async function needRoom(tx: Tx, { companyId }: Reader): Promise<void> {
  if ((await tx.testCase.count({ where: { companyId } })) < mostCases) return;
  throw new AppError("conflict", `There are ${mostCases} test cases already: remove some first.`);
}

function rowsOf({ companyId }: Reader, rest: string, values: unknown[]): Promise<CaseRow[]> {
  return read<CaseRow>(
    companyId,
    `SELECT t.id, t.agent_id AS "agentId", t.question, t.history, t.answer, t.points, t.article_id AS "articleId",
            a.title AS "articleTitle", t.conversation_id AS "conversationId", t.message_id AS "messageId",
            t.created_by AS "createdBy", t.created_at AS "createdAt", t.updated_at AS "updatedAt"
     FROM test_case t LEFT JOIN article a ON a.company_id = t.company_id AND a.id = t.article_id
     WHERE t.company_id = $1 ${rest}`,
    [companyId, ...values],
  );
}

export type CaseRow = {
  id: string;
  agentId: string;
  question: string;
  history: unknown;
  answer: string;
  points: string[];
  articleId: string | null;
  articleTitle: string | null;
  conversationId: string | null;
  messageId: string | null;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
};

function viewOf(row: CaseRow, run: TestRun | undefined): TestCaseView {
  const { articleId, articleTitle, conversationId, messageId } = row;
  return {
    id: row.id,
    question: row.question,
    history: CaseHistory.parse(row.history),
    answer: row.answer,
    points: row.points,
    article: articleId === null ? undefined : { id: articleId, title: articleTitle ?? "" },
    from: conversationId === null || messageId === null ? undefined : { conversationId, messageId },
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    result: run && resultOf(row.id, run),
  };
}

function resultOf(id: string, { results, before }: TestRun): TestCaseView["result"] {
  const result = results.get(id);
  const earlier = before?.get(id);
  const worse = result && earlier && regression(earlier, result);
  return result && (worse === undefined ? result : { ...result, worse });
}

// A cursor that is no id leads nowhere, as one of a case that is gone does.
function asId(cursor: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)
    ? cursor
    : "00000000-0000-0000-0000-000000000000";
}

function missing(): AppError {
  return new AppError("not_found", "This test case does not exist.");
}

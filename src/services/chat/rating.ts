import { z } from "zod";
import type { AskedRating, RatingBody, RatingView } from "#contracts/rating";
import { hashToken } from "#lib/crypto";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { JobHandlers } from "#lib/jobs";
import { openConnection } from "#services/connections";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import type { Customer } from "./customer.ts";
import { ratedLine, rateLine } from "./rating-lines.ts";
import {
  askedRating,
  findRating,
  keepAnswer,
  keepQuestion,
  type RatingRecord,
  ratingView,
} from "./rating-store.ts";
import { replyUntil } from "./reply-window.ts";

const AskJob = z.object({ companyId: z.uuid(), conversationId: z.uuid() });
const TellJob = z.object({ companyId: z.uuid(), ratingId: z.uuid() });

/** What the worker does for ratings; the end of a conversation enqueues the first, an answer the second. */
export const ratingJobs: JobHandlers = {
  "rating.ask": (payload) => askForRating(AskJob.parse(payload)),
  "rating.tell": (payload) => tellRating(TellJob.parse(payload)),
};

/**
 * Asks a customer how a conversation was that has ended, about whoever ended it: once about the AI and once about a person.
 * Nobody is asked who got no answer, who has gone on meanwhile, or whose platform has no buttons to answer with.
 */
export async function askForRating(
  { companyId, conversationId }: z.infer<typeof AskJob>,
  now = new Date(),
): Promise<void> {
  const conversation = await findConversation({ companyId }, conversationId);
  if (!hasEnded(conversation)) return;
  const [last, choices] = await Promise.all([lastVoice(conversation), choicesFor(conversation, now)]);
  if (last === undefined || choices === undefined) return;
  const { of, operatorId } = last;
  const name = last.name ?? (of === "ai" ? conversation.agentName : "our team");
  const asked = await keepQuestion(
    companyId,
    { id: newId(now.getTime()), conversationId, of, operatorId, name, messageId: newId(now.getTime()) },
    now,
  );
  if (asked === undefined) return;
  const clientId = `rate:${asked.id}`;
  await append(conversation, {
    now,
    clientId,
    guard: { state: conversation.state, epoch: conversation.epoch },
    messages: [
      {
        ...rateLine(name, { pressed: choices.length > 0 }),
        id: asked.messageId,
        clientId,
        choices: choices.length === 0 ? undefined : choices,
      },
    ],
  });
}

/** What a chat's customer was asked last, and what they answered. */
export async function customerRating({ companyId, conversationId }: Customer): Promise<AskedRating> {
  const rating = await askedRating(companyId, conversationId);
  return { rating: rating && ratingView(rating) };
}

/** Takes a customer's answer. Throws `not_found` where nothing was asked, `conflict` when it can no longer be changed. */
export async function customerRates(
  { companyId, conversationId }: Customer,
  body: RatingBody,
  now = new Date(),
): Promise<RatingView> {
  const asked = await askedRating(companyId, conversationId);
  if (asked === undefined) throw new AppError("not_found", "There is nothing to rate in this chat yet.");
  return ratingView(await rate(asked, body, now));
}

/** Writes an answer down. Throws `conflict` when an earlier one can no longer be changed. */
export async function rate(asked: RatingRecord, body: RatingBody, now: Date): Promise<RatingRecord> {
  if (!(await keepAnswer(asked, body, now))) {
    throw new AppError("conflict", "A rating can be changed for ten minutes; this one stands now.");
  }
  return (await findRating(asked.companyId, asked.id)) ?? asked;
}

/** Tells operators in the log what the customer answered; the same answer is told once. */
export async function tellRating({ companyId, ratingId }: z.infer<typeof TellJob>): Promise<void> {
  const rating = await findRating(companyId, ratingId);
  if (rating === undefined || rating.score === null) return;
  const { conversationId, name, score, comment } = rating;
  const conversation = await findConversation({ companyId }, conversationId);
  const clientId = `rated:${ratingId}:${hashToken(`${score} ${comment ?? ""}`).slice(0, 16)}`;
  await append(conversation, {
    now: new Date(),
    clientId,
    messages: [{ ...ratedLine({ name, score, comment }), clientId }],
  });
}

function hasEnded({ state }: ConversationRecord): boolean {
  return state === "RESOLVED" || state === "ABANDONED";
}

type Voice = { of: "ai" | "human"; operatorId: string | undefined; name: string | undefined };

/** Who spoke last to the customer. */
async function lastVoice({ companyId, id }: ConversationRecord): Promise<Voice | undefined> {
  const [row] = await read<{ kind: "agent" | "operator"; operatorId: string | null; name: string | null }>(
    companyId,
    `SELECT m.author_kind AS kind, u.id AS "operatorId", m.author_name AS name
     FROM message m LEFT JOIN "user" u ON m.author_kind = 'operator' AND u.id::text = m.author_id
     WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.author_kind IN ('agent', 'operator') AND m.audience = 'all'
     ORDER BY m.seq DESC LIMIT 1`,
    [companyId, id],
  );
  return (
    row && {
      of: row.kind === "agent" ? "ai" : "human",
      operatorId: row.operatorId ?? undefined,
      name: row.name ?? undefined,
    }
  );
}

const scores = ["1", "2", "3", "4", "5"];

/** What can be pressed: nothing in the web chat, which asks with a card of its own; undefined where nobody can be asked. */
async function choicesFor(
  { companyId, channel, threadId }: ConversationRecord,
  now: Date,
): Promise<string[] | undefined> {
  if (channel === "web") return [];
  const [thread] = await read<{ connectionId: string; lastCustomerAt: Date | null; blocked: boolean }>(
    companyId,
    `SELECT connection_id AS "connectionId", coalesce(customer_wrote_at, last_customer_at) AS "lastCustomerAt", blocked FROM thread
     WHERE company_id = $1 AND id = $2`,
    [companyId, threadId],
  );
  if (thread === undefined || thread.blocked) return undefined;
  const { adapter, state } = await openConnection(companyId, thread.connectionId);
  const until = replyUntil(adapter, thread.lastCustomerAt ?? undefined, "system");
  if (state !== "active" || (until !== undefined && until <= now)) return undefined;
  return (adapter.can.buttons?.max ?? 0) < scores.length ? undefined : scores;
}

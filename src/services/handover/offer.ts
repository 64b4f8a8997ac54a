import { z } from "zod";
import type { ConversationOffer } from "#contracts/operator";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import type { Who } from "#services/accounts";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import { asOperator, moverOf } from "./change.ts";
import { routeQueue } from "./route-queue.ts";

type Standing = ConversationOffer & { step: number; routingVersion: number };

/** Who is asked to take a conversation now, and until when; undefined where nobody is asked by name. */
export async function standingOffer(
  { companyId, id, epoch, state }: ConversationRecord,
  now = new Date(),
): Promise<Standing | undefined> {
  if (state !== "WAITING_HUMAN") return undefined;
  const [row] = await read<Row>(
    companyId,
    `SELECT a.operator_id AS "operatorId", u.name, u.image, a.until, a.step, a.routing_version AS "routingVersion"
     FROM acceptance a JOIN routing r ON r.company_id = a.company_id AND r.version = a.routing_version
     LEFT JOIN "user" u ON u.id = a.operator_id
     WHERE a.company_id = $1 AND a.conversation_id = $2 AND a.epoch = $3 AND a.operator_id IS NOT NULL AND a.until > $4`,
    [companyId, id, epoch, now],
  );
  if (row === undefined) return undefined;
  const { operatorId, name, image, until, step, routingVersion } = row;
  const operator = { id: operatorId, name: name ?? "Support", image: image ?? undefined };
  return { operator, until: until.toISOString(), step, routingVersion };
}

/**
 * Refuses a conversation that is offered to the operator who asks: the acceptance chain goes on at once, and colleagues
 * read why. Throws `conflict` where it is not offered to them, or not any more.
 */
export async function declineConversation(
  who: Who,
  conversationId: string,
  { reason }: { reason?: string | undefined },
  now = new Date(),
): Promise<ConversationRecord> {
  const { companyId, userId, name } = asOperator(who);
  const conversation = await findConversation(who, conversationId);
  const offer = await standingOffer(conversation, now);
  if (offer?.operator.id !== userId) {
    throw new AppError("conflict", "This conversation is not offered to you, or not any more.");
  }
  const { epoch } = conversation;
  const { step, routingVersion } = offer;
  const job: DeclineJob = { companyId, conversationId, epoch, step, routingVersion, operatorId: userId };
  const clientId = `decline:${epoch}:${routingVersion}:${step}`;
  const text = reason ? `${name} declined: ${reason}` : `${name} declined.`;
  const appended = await append(conversation, {
    now,
    clientId,
    by: moverOf(who),
    guard: { state: "WAITING_HUMAN", epoch },
    messages: [{ author: { kind: "system" }, clientId, text, audience: "operators" }],
    jobs: [{ task: "desk.declined", payload: job, queue: `route:${companyId}` }],
  });
  if (appended.outcome === "conflict") {
    throw new AppError("conflict", "Somebody took this conversation in this very moment.");
  }
  return appended.conversation;
}

export const DeclineJob = z.object({
  companyId: z.uuid(),
  conversationId: z.uuid(),
  epoch: z.int(),
  step: z.int(),
  routingVersion: z.int(),
  operatorId: z.uuid(),
});
type DeclineJob = z.infer<typeof DeclineJob>;

/** Ends an offer that was declined, unless the chain has gone on by itself, and takes the chain's next step. */
export async function afterDecline(job: DeclineJob, now = new Date()): Promise<void> {
  const { companyId, ...offer } = job;
  await withCompany(companyId, (tx) =>
    tx.acceptance.updateMany({ where: { companyId, ...offer }, data: { operatorId: null, until: now } }),
  );
  await routeQueue({ companyId }, now);
}

type Row = {
  operatorId: string;
  name: string | null;
  image: string | null;
  until: Date;
  step: number;
  routingVersion: number;
};

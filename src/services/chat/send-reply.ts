import type { z } from "zod";
import type { SentMessage } from "#contracts/chat";
import type { OperatorSendBody } from "#contracts/operator";
import { AppError, isAppError } from "#lib/errors";
import { listOperators, type Staff } from "#services/accounts";
import { findConversation, messageByClientId } from "#services/conversations";
import { resolve, sendAsOperator } from "#services/handover";
import { attachmentsOf } from "./attachments.ts";

type Body = z.output<typeof OperatorSendBody>;

/**
 * Sends an operator's words, and resolves the conversation after them where that is asked for. The same id twice is sent
 * once, whatever has become of the conversation meanwhile. Throws `conflict`, with the reply that is newer than what its
 * writer has seen, and `not_found` where a note names somebody who is no colleague.
 */
export async function sendReply(who: Staff, conversationId: string, body: Body): Promise<SentMessage> {
  const { attachments = [], mentions = [] } = body;
  try {
    const [attached] = await Promise.all([
      attachmentsOf({ companyId: who.companyId, conversationId }, attachments),
      refuseStrangers(who, mentions),
    ]);
    const sent = await sendAsOperator(who, conversationId, { ...body, attached });
    if (body.thenResolve === true) await resolveUnlessClosed(who, conversationId);
    return sent;
  } catch (error) {
    return sentBefore(error, who, conversationId, body);
  }
}

/** The answer of a message whose first answer was lost: since then the conversation may take no more words. */
async function sentBefore(
  error: unknown,
  who: Staff,
  conversationId: string,
  { clientId }: Body,
): Promise<SentMessage> {
  if (!isAppError(error) || error.code !== "conflict") throw error;
  const message = await messageByClientId(who, conversationId, clientId);
  if (message === undefined) throw error;
  const { id: messageId, seq, createdAt } = message;
  return { messageId, conversationId, seq, createdAt, duplicate: true };
}

async function refuseStrangers({ companyId }: Staff, mentions: string[]): Promise<void> {
  if (mentions.length === 0) return;
  const known = new Set((await listOperators(companyId)).map(({ id }) => id));
  if (mentions.every((id) => known.has(id))) return;
  throw new AppError("not_found", "Somebody whom this note names is not part of your company.");
}

/** Sent twice, it is resolved once. */
async function resolveUnlessClosed(who: Staff, conversationId: string): Promise<void> {
  await resolve(who, conversationId).catch(async (error: unknown) => {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    const { state } = await findConversation(who, conversationId);
    if (state !== "RESOLVED") throw error;
  });
}

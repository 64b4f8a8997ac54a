import type { UnifiedMessage } from "#contracts/channel";
import { Score } from "#contracts/rating";
import { read } from "#lib/db";
import { isAppError } from "#lib/errors";
import type { OpenConnection } from "#services/connections";
import { append, findConversation } from "#services/conversations";
import { systemLine } from "#services/handover";
import { externalMessage } from "./external.ts";
import { rate } from "./rating.ts";
import { askedRating, type RatingRecord } from "./rating-store.ts";

/**
 * Takes a press of a rating's button on a platform, and says whether it was one. A lone “4” is an answer only where it is
 * known to answer the question: by the message it belongs to, or as a button pressed while nothing was said since.
 */
export async function ratedByPress(
  connection: OpenConnection,
  conversationId: string,
  message: UnifiedMessage,
  now: Date,
): Promise<boolean> {
  const score = Score.safeParse(Number(message.content.trim()));
  if (!score.success || (message.replyToId === undefined && !isPress(message))) return false;
  const asked = await askedRating(connection.companyId, conversationId);
  if (asked === undefined || !(await answers(connection, message, asked))) return false;
  try {
    await rate(asked, { score: score.data }, now);
    await thank(asked, now);
  } catch (error) {
    // Too late to change it, and still no message to anyone.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
  return true;
}

/** The platforms tell of a pressed button each in their own way; a typed text has none of these. */
function isPress({ channelMetadata = {} }: UnifiedMessage): boolean {
  return ["buttonId", "callback", "button"].some((name) => name in channelMetadata);
}

async function answers(
  connection: OpenConnection,
  { replyToId }: UnifiedMessage,
  asked: RatingRecord,
): Promise<boolean> {
  if (replyToId !== undefined)
    return (await externalMessage(connection, replyToId))?.messageId === asked.messageId;
  const [newer] = await read(
    asked.companyId,
    `SELECT seq FROM message WHERE company_id = $1 AND conversation_id = $2 AND seq > $3 AND audience = 'all' LIMIT 1`,
    [asked.companyId, asked.conversationId, asked.seq],
  );
  return newer === undefined;
}

async function thank({ id, companyId, conversationId }: RatingRecord, now: Date): Promise<void> {
  const conversation = await findConversation({ companyId }, conversationId);
  const clientId = `thanks:${id}`;
  const words = systemLine("Thank you for your rating.", { kind: "rated" });
  await append(conversation, { now, clientId, messages: [{ ...words, clientId }] });
}

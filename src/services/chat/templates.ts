import type { Template } from "#contracts/operator";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { DeliveryFailure, outsideOf } from "#services/channels";
import { openConnection } from "#services/connections";
import { findConversation, type Reader } from "#services/conversations";

/**
 * The templates that can be sent in a conversation. Throws `not_found`, `invalid` where its channel has none, and
 * `conflict` or `unavailable` with the platform's reason where it does not tell them.
 */
export async function templatesFor(who: Reader, conversationId: string): Promise<Template[]> {
  const { companyId, threadId } = await findConversation(who, conversationId);
  const [thread] = await read<{ connectionId: string }>(
    companyId,
    `SELECT connection_id AS "connectionId" FROM thread WHERE company_id = $1 AND id = $2`,
    [companyId, threadId],
  );
  if (thread === undefined) throw new AppError("invalid", "This conversation is on no platform.");
  const { adapter, config } = await openConnection(companyId, thread.connectionId);
  if (adapter.templates === undefined) throw new AppError("invalid", `${adapter.label} has no templates.`);
  try {
    return await adapter.templates(config, outsideOf(adapter.name));
  } catch (error) {
    throw error instanceof DeliveryFailure ? refused(error) : error;
  }
}

function refused(failure: DeliveryFailure): AppError {
  const { kind, message, retryAfter } = failure;
  const code = kind === "passing" || kind === "unknown" ? "unavailable" : "conflict";
  return new AppError(code, message, {
    cause: failure,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

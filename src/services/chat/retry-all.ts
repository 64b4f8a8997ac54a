import { z } from "zod";
import { read, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import { sideBySide } from "#lib/side-by-side";
import { audit, must, type Who } from "#services/accounts";
import { needConnection } from "#services/connections";
import { findConversation } from "#services/conversations";
import { sendAgain } from "./retry.ts";

export const RetryAllJob = z.object({
  companyId: z.uuid(),
  connectionId: z.uuid(),
  /** What fails after it is another failure. */
  before: z.iso.datetime(),
});
type RetryAllJob = z.infer<typeof RetryAllJob>;

const page = 100;
const atOnce = 4;

/**
 * Has everything sent once more that a connection could not deliver, but for what nobody knows to have failed. Throws
 * `not_found` for a connection that is none.
 */
export async function retryAll(who: Who, connectionId: string, now = new Date()): Promise<void> {
  must(who, "conversations:write");
  const { companyId } = who;
  await needConnection(companyId, connectionId);
  await withCompany(companyId, async (tx) => {
    const payload = { companyId, connectionId, before: now.toISOString() };
    await addJobWithin(tx, "connection.retry", payload, { key: `retry:${connectionId}` });
    await audit(tx, who, "deliveries.retried", connectionId);
  });
}

/**
 * Puts in line again what a connection could not deliver before a moment, page by page, the oldest of a conversation
 * first, and then tries at once what waits for a later try.
 */
export async function sendAllAgain({ companyId, connectionId, before }: RetryAllJob): Promise<void> {
  const gate = sideBySide(atOnce);
  let last = { at: new Date(0), messageId: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await read<{ messageId: string; conversationId: string; at: Date }>(
      companyId,
      `SELECT message_id AS "messageId", conversation_id AS "conversationId", changed_at AS at FROM delivery
       WHERE company_id = $1 AND connection_id = $2 AND state = 'failed' AND changed_at <= $3
         AND (changed_at, message_id) > ($4::timestamptz, $5::uuid)
         -- Nobody but the customer can mend these.
         AND coalesce(code, '') <> ALL(ARRAY['blocked', 'opted_out', 'window'])
       ORDER BY changed_at, message_id LIMIT $6`,
      [companyId, connectionId, before, last.at, last.messageId, page],
    );
    const byConversation = Map.groupBy(rows, ({ conversationId }) => conversationId);
    await Promise.all(
      [...byConversation].map(([conversationId, messages]) =>
        gate(async () => {
          const conversation = await findConversation({ companyId }, conversationId);
          for (const { messageId } of messages) await sendAgain(conversation, messageId);
        }),
      ),
    );
    const end = rows.at(-1);
    if (rows.length < page || end === undefined) break;
    last = end;
  }
  // Not before: what waits would leave ahead of what was said before it.
  await hurryWaiting({ companyId, id: connectionId });
}

/** Tries at once what waits for a later try: its platform works again, or somebody asks for it. */
export async function hurryWaiting({ companyId, id }: { companyId: string; id: string }): Promise<void> {
  await withCompany(
    companyId,
    (tx) => tx.$executeRaw`
      WITH due AS (
        UPDATE delivery SET next_at = NULL
        WHERE company_id = ${companyId}::uuid AND connection_id = ${id}::uuid AND state = 'waiting' AND next_at > now()
        RETURNING conversation_id)
      SELECT graphile_worker.add_job('message.deliver',
               json_build_object('companyId', ${companyId}::text, 'conversationId', conversation_id),
               queue_name => 'deliver:' || conversation_id, job_key => 'deliver:' || conversation_id)
      FROM (SELECT DISTINCT conversation_id FROM due) AS waiting`,
  );
}

import type { ChannelSituation } from "#contracts/operator";
import type { LeadMark } from "#contracts/telephony";
import { read } from "#lib/db";
import { openConnection } from "#services/connections";
import type { ConversationRecord } from "#services/conversations";
import { replyUntil } from "./reply-window.ts";

type Row = {
  connectionId: string;
  lastCustomerAt: Date | null;
  blocked: boolean;
  optedOutAt: Date | null;
  lead: LeadMark | null;
};

/** What a conversation's platform allows an operator; undefined in the web chat, and where the connection is gone. */
export async function channelSituation(
  conversation: ConversationRecord,
): Promise<ChannelSituation | undefined> {
  const { companyId, threadId, channel } = conversation;
  if (threadId === undefined) return undefined;
  const [thread] = await read<Row>(
    companyId,
    `SELECT connection_id AS "connectionId", coalesce(customer_wrote_at, last_customer_at) AS "lastCustomerAt", blocked, t.opted_out_at AS "optedOutAt",
            (SELECT jsonb_strip_nulls(jsonb_build_object('id', l.id, 'phoneNumber', l.phone_number, 'status', l.status,
               'callConsentAt', moment_text(l.call_consent_at), 'optedOutAt', moment_text(l.opted_out_at)))
             FROM lead l WHERE l.company_id = t.company_id AND l.phone_number = t.key) AS lead
     FROM thread t WHERE company_id = $1 AND id = $2`,
    [companyId, threadId],
  );
  if (thread === undefined) return undefined;
  const { id, name, state, adapter } = await openConnection(companyId, thread.connectionId);
  const { can } = adapter;
  return {
    label: adapter.label,
    connection: { id, name, state },
    maxLength: can.maxLength,
    media: [...can.media.kinds],
    buttons: can.buttons?.max ?? 0,
    buttonLength: can.buttons?.titleLength ?? 0,
    template: can.template,
    replyUntil: replyUntil(adapter, thread.lastCustomerAt ?? undefined, "operator")?.toISOString(),
    blocked: thread.blocked,
    optedOutAt: thread.optedOutAt?.toISOString(),
    lead: channel === "sms" ? (thread.lead ?? undefined) : undefined,
  };
}

import type { ConversationDetail, DecisionView, EscalationView } from "#contracts/operator";
import { read } from "#lib/db";
import {
  type ConversationRecord,
  conversationRow,
  findConversation,
  messagesBefore,
  queuePosition,
  type Reader,
  receiptsView,
} from "#services/conversations";
import { standingOffer } from "./offer.ts";

type Detail = Omit<ConversationDetail, "run" | "customerOnline" | "viewers">;

/** One conversation whole: its row, customer, newest messages, and the packet of its newest escalation. */
export async function conversationDetail(conversation: ConversationRecord): Promise<Detail> {
  const { id: conversationId } = conversation;
  const who: Reader = { companyId: conversation.companyId };
  const [page, position, offer, contacts, escalations] = await Promise.all([
    messagesBefore(who, conversationId, { limit: 50, audience: "operators" }),
    queuePosition(conversation),
    standingOffer(conversation),
    read<ContactRow>(
      who.companyId,
      `SELECT id, name, email, locale, page, created_at,
              ARRAY(SELECT DISTINCT channel FROM conversation WHERE company_id = $1 AND contact_id = $2 ORDER BY channel) AS channels
       FROM contact WHERE company_id = $1 AND id = $2`,
      [who.companyId, conversation.contactId],
    ),
    read<EscalationRow>(
      who.companyId,
      `SELECT e.id, e.reason, e.packet, e.created_at, e.accepted_at, e.accepted_by, u.name AS operator_name
       FROM escalation e LEFT JOIN "user" u ON u.id = e.accepted_by
       WHERE e.company_id = $1 AND e.conversation_id = $2 ORDER BY e.created_at DESC LIMIT 1`,
      [who.companyId, conversationId],
    ),
  ]);
  const row = conversationRow(conversation);
  const contact = contacts[0];
  const escalation = escalations[0];
  return {
    row: { ...row, state: { ...row.state, position } },
    customer: {
      id: row.customer.id,
      name: row.customer.name,
      email: contact?.email ?? undefined,
      locale: contact?.locale ?? undefined,
      page: contact?.page ?? undefined,
      firstSeenAt: (contact?.created_at ?? new Date(conversation.createdAt)).toISOString(),
      channels: contact?.channels ?? [conversation.channel],
    },
    messages: page.messages,
    more: page.more,
    receipts: receiptsView(conversation),
    escalation: escalation && escalationView(escalation),
    offer: offer && { operator: offer.operator, until: offer.until },
  };
}

/** The ledger of a conversation, oldest turn first. Throws `not_found` for what the company does not have. */
export async function listDecisions(who: Reader, conversationId: string): Promise<DecisionView[]> {
  await findConversation(who, conversationId);
  const rows = await read<DecisionView & { createdAt: unknown }>(
    who.companyId,
    `SELECT id, seq, phase, outcome, reason, sentence, trace, signals, versions, created_at AS "createdAt"
     FROM decision WHERE company_id = $1 AND conversation_id = $2 ORDER BY seq, created_at, phase DESC LIMIT 500`,
    [who.companyId, conversationId],
  );
  return rows.map((row) => ({
    ...row,
    reason: row.reason ?? undefined,
    createdAt: new Date(row.createdAt).toISOString(),
  }));
}

type ContactRow = {
  id: string;
  name: string;
  email: string | null;
  locale: string | null;
  page: string | null;
  created_at: Date;
  channels: ConversationRecord["channel"][];
};

type EscalationRow = {
  id: string;
  reason: EscalationView["reason"];
  packet: EscalationView["packet"];
  created_at: Date;
  accepted_at: Date | null;
  accepted_by: string | null;
  operator_name: string | null;
};

function escalationView(row: EscalationRow): EscalationView {
  return {
    id: row.id,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString(),
    acceptedBy:
      row.accepted_by === null ? undefined : { id: row.accepted_by, name: row.operator_name ?? "Support" },
    packet: row.packet,
  };
}

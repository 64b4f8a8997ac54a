import type { z } from "zod";
import {
  type ConversationDetail,
  type DecisionPage,
  DecisionsQuery,
  type DecisionView,
  type EscalationView,
} from "#contracts/operator";
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
      `SELECT id, name, email, locale, page, created_at, browser.*,
              ARRAY(SELECT DISTINCT channel FROM conversation WHERE company_id = $1 AND contact_id = $2 ORDER BY channel) AS channels
       FROM contact
       LEFT JOIN LATERAL (SELECT time_zone, device FROM chat_session WHERE company_id = $1 AND contact_id = $2
                          ORDER BY last_activity_at DESC LIMIT 1) AS browser ON true
       WHERE company_id = $1 AND id = $2`,
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
      timeZone: contact?.time_zone ?? undefined,
      device: contact?.device ?? undefined,
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

/**
 * The newest of a conversation's ledger, or what stands before a decision in it, oldest turn first. Throws `not_found` for
 * what the company does not have.
 */
export async function listDecisions(
  who: Reader,
  conversationId: string,
  { before, limit }: z.output<typeof DecisionsQuery> = DecisionsQuery.parse({}),
): Promise<DecisionPage> {
  await findConversation(who, conversationId);
  const rows = await read<DecisionView & { createdAt: unknown }>(
    who.companyId,
    `SELECT d.id, d.seq, d.phase, d.outcome, d.reason, d.sentence, d.trace, d.signals, d.versions, d.created_at AS "createdAt"
     FROM decision d
     LEFT JOIN decision b ON b.company_id = $1 AND b.conversation_id = $2 AND b.id = $3
     WHERE d.company_id = $1 AND d.conversation_id = $2 AND ($3::uuid IS NULL OR d.seq <= b.seq
       AND (d.seq, d.created_at, d.phase = 'after_answer', d.id) < (b.seq, b.created_at, b.phase = 'after_answer', b.id))
     ORDER BY d.seq DESC, d.created_at DESC, d.phase = 'after_answer' DESC, d.id DESC LIMIT $4`,
    [who.companyId, conversationId, before, limit + 1],
  );
  const decisions = rows.slice(0, limit).reverse();
  return {
    decisions: decisions.map((row) => ({
      ...row,
      reason: row.reason ?? undefined,
      createdAt: new Date(row.createdAt).toISOString(),
    })),
    more: rows.length > limit,
  };
}

type ContactRow = {
  id: string;
  name: string;
  email: string | null;
  locale: string | null;
  page: string | null;
  time_zone: string | null;
  device: string | null;
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

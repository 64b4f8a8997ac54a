import type { MessageView } from "#contracts/conversation";
import type { DurableEvent, EventPage } from "#contracts/events";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { cursorOf, seqOf } from "./cursor.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { durableEvent, forCustomer, messageView } from "./view.ts";

export type Reader = { companyId: string };
type Audience = "all" | "operators";

// How far a message came on its platform is for operators.
const deliveryColumns = "d.state AS delivery_state, d.words AS delivery_words, d.changed_at AS delivery_at";

/** Finds one conversation of the reader's company. Throws `not_found`. */
export async function findConversation(who: Reader, id: string): Promise<ConversationRecord> {
  const [row] = await read<{ found: Record<string, unknown> }>(
    who.companyId,
    "SELECT to_jsonb(c) || conversation_names(c) AS found FROM conversation c WHERE company_id = $1 AND id = $2",
    [who.companyId, id],
    { name: "conversation" },
  );
  if (row === undefined) throw new AppError("not_found", "This conversation does not exist.");
  return conversationRecord(row.found);
}

/** The newest messages, or those before a number, oldest first; customers never see internal notes. */
export async function messagesBefore(
  who: Reader,
  conversationId: string,
  options: { before?: number; limit: number; audience: Audience },
): Promise<{ messages: MessageView[]; more: boolean }> {
  const rows = await read(
    who.companyId,
    `SELECT m.id, m.conversation_id, m.seq, m.author_kind, m.author_id, m.author_name, m.text, m.audience, m.client_id,
            m.reply_to, m.sources, m.attachments, m.notice, m.answer, m.data, m.created_at, ${deliveryColumns}
     FROM message m LEFT JOIN delivery d ON $4 = 'operators' AND d.message_id = m.id
     WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.seq < $3 AND (m.audience = 'all' OR $4 = 'operators')
     ORDER BY m.seq DESC LIMIT $5`,
    [who.companyId, conversationId, options.before ?? 2_147_483_647, options.audience, options.limit + 1],
    { name: "messages_before" },
  );
  const more = rows.length > options.limit;
  return { messages: rows.slice(0, options.limit).map(messageView).reverse(), more };
}

/** One page of messages of a conversation that the reader's company has. Throws `not_found` otherwise. */
export async function messagePage(
  who: Reader,
  conversationId: string,
  options: { before?: number; limit: number; audience: Audience },
): Promise<{ messages: MessageView[]; more: boolean }> {
  await findConversation(who, conversationId);
  return messagesBefore(who, conversationId, options);
}

/** Throws `invalid` where a conversation holds no message of this id that this audience may see. */
export async function refuseStrangeMessage(
  who: Reader,
  conversationId: string,
  messageId: string,
  audience: Audience,
): Promise<void> {
  const [row] = await read(
    who.companyId,
    `SELECT 1 FROM message WHERE company_id = $1 AND conversation_id = $2 AND id = $3
       AND ($4 = 'operators' OR audience = 'all')`,
    [who.companyId, conversationId, messageId, audience],
  );
  if (row === undefined)
    throw new AppError("invalid", "The message that this answers is not in this conversation.");
}

/** The message that a client sent under an id of its own, where the log has it. */
export async function messageByClientId(
  who: Reader,
  conversationId: string,
  clientId: string,
): Promise<MessageView | undefined> {
  const [row] = await read(
    who.companyId,
    "SELECT * FROM message WHERE company_id = $1 AND conversation_id = $2 AND client_id = $3",
    [who.companyId, conversationId, clientId],
  );
  return row && messageView(row);
}

/** What the log holds after a number, in order. `seen` is the last number looked at, also where nothing was for this audience. */
export async function eventsAfter(
  who: Reader,
  conversationId: string,
  options: { after: number; limit: number; audience: Audience },
): Promise<{ events: DurableEvent[]; seen: number; more: boolean }> {
  const rows = await read(
    who.companyId,
    `SELECT e.conversation_id, e.seq, e.type, e.payload, e.audience AS heard_by, m.id, m.author_kind, m.author_id, m.author_name,
            m.text, m.audience, m.client_id, m.reply_to, m.sources, m.attachments, m.notice, m.answer, m.data, e.created_at,
            ${deliveryColumns}
     FROM event e LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
     LEFT JOIN delivery d ON $5 = 'operators' AND d.message_id = m.id
     WHERE e.company_id = $1 AND e.conversation_id = $2 AND e.seq > $3
     ORDER BY e.seq LIMIT $4`,
    [who.companyId, conversationId, options.after, options.limit + 1, options.audience],
    { name: "events_after" },
  );
  const page = rows.slice(0, options.limit);
  return {
    events: page
      .filter((row) => row.heard_by === "all" || options.audience === "operators")
      .map((row) => (options.audience === "operators" ? durableEvent(row) : forCustomer(durableEvent(row)))),
    seen: Number(page.at(-1)?.seq ?? options.after),
    more: rows.length > options.limit,
  };
}

/** Named entries of a company's log, for readers that learned of them from the feed. */
export async function eventsAt(
  who: Reader,
  places: { conversationId: string; seq: number }[],
): Promise<DurableEvent[]> {
  const rows = await read(
    who.companyId,
    `SELECT e.conversation_id, e.seq, e.type, e.payload, m.id, m.author_kind, m.author_id, m.author_name,
            m.text, m.audience, m.client_id, m.reply_to, m.sources, m.attachments, m.notice, m.answer, m.data, e.created_at,
            ${deliveryColumns}
     FROM unnest($2::uuid[], $3::int[]) AS wanted (conversation_id, seq)
     JOIN event e ON e.company_id = $1 AND e.conversation_id = wanted.conversation_id AND e.seq = wanted.seq
     LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
     LEFT JOIN delivery d ON d.message_id = m.id
     ORDER BY e.conversation_id, e.seq`,
    [who.companyId, places.map((place) => place.conversationId), places.map((place) => place.seq)],
  );
  return rows.map(durableEvent);
}

/** A waiting conversation's place in its company's queue; 1 is next. */
export async function queuePosition(conversation: ConversationRecord): Promise<number | undefined> {
  if (conversation.state !== "WAITING_HUMAN") return undefined;
  const [row] = await read<{ ahead: number }>(
    conversation.companyId,
    `SELECT count(*)::int AS ahead FROM conversation
     WHERE company_id = $1 AND state = 'WAITING_HUMAN' AND (waiting_since, id) < ($2::timestamptz, $3::uuid)`,
    [conversation.companyId, conversation.waitingSince, conversation.id],
  );
  return (row?.ahead ?? 0) + 1;
}

/** The first of a company's queue in order, at most `limit`. */
export async function queue(companyId: string, limit: number): Promise<string[]> {
  const rows = await read<{ id: string }>(
    companyId,
    `SELECT id FROM conversation WHERE company_id = $1 AND state = 'WAITING_HUMAN'
     ORDER BY waiting_since, id LIMIT $2`,
    [companyId, limit],
  );
  return rows.map((row) => row.id);
}

/** One page of the log by cursor, for clients that poll; a cursor that the log does not hold begins anew. */
export async function eventPage(
  who: Reader,
  conversationId: string,
  query: { after: string; limit: number; audience: Audience },
): Promise<EventPage> {
  const { head } = await findConversation(who, conversationId);
  const cursor = seqOf(conversationId, query.after) ?? 0;
  const after = cursor > head ? 0 : cursor;
  const { events, seen, more } = await eventsAfter(who, conversationId, { ...query, after });
  return { events, next: cursorOf(conversationId, seen), more };
}

import type { MentionPage, MentionView } from "#contracts/desk-tools";
import { read, withCompany } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { customerName, decodeKeys, encodeKeys, findConversation } from "#services/conversations";

const mostUnread = 100;

type Row = {
  messageId: string;
  conversationId: string;
  seq: number;
  contactId: string;
  contactName: string;
  authorKind: MentionView["author"]["kind"];
  authorId: string | null;
  authorName: string | null;
  text: string;
  createdAt: Date;
  readAt: Date | null;
};

/** One page of the notes that name an operator, newest first, and how many are unread. */
export async function listMentions(
  who: OperatorWho,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<MentionPage> {
  const after = cursor === undefined ? [null, null] : decodeKeys(cursor, ["moment", "id"]);
  const [rows, [unread]] = await Promise.all([
    read<Row>(
      who.companyId,
      `SELECT n.message_id AS "messageId", n.conversation_id AS "conversationId", m.seq, k.id AS "contactId", k.name AS "contactName",
              m.author_kind AS "authorKind", m.author_id AS "authorId", m.author_name AS "authorName", m.text,
              n.created_at AS "createdAt", n.read_at AS "readAt"
       FROM mention n
       JOIN message m ON m.company_id = $1 AND m.id = n.message_id
       JOIN conversation c ON c.company_id = $1 AND c.id = n.conversation_id
       JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id
       WHERE n.company_id = $1 AND n.operator_id = $2
         AND ($3::timestamptz IS NULL OR (n.created_at, n.message_id) < ($3, $4::uuid))
       ORDER BY n.created_at DESC, n.message_id DESC LIMIT $5`,
      [who.companyId, who.userId, ...after, limit + 1],
    ),
    read<{ many: number }>(
      who.companyId,
      `SELECT count(*)::int AS many FROM (
         SELECT FROM mention WHERE company_id = $1 AND operator_id = $2 AND read_at IS NULL LIMIT ${mostUnread}) AS few`,
      [who.companyId, who.userId],
    ),
  ]);
  const mentions = rows.slice(0, limit).map(view);
  const last = mentions.at(-1);
  return {
    mentions,
    unread: unread?.many ?? 0,
    next:
      rows.length > limit && last !== undefined ? encodeKeys([last.createdAt, last.messageId]) : undefined,
  };
}

/** Marks an operator's mentions as read: those of one conversation, or all. Throws `not_found`. */
export async function readMentions(
  who: OperatorWho,
  conversationId: string | undefined,
  now = new Date(),
): Promise<void> {
  if (conversationId !== undefined) await findConversation(who, conversationId);
  const { companyId, userId: operatorId } = who;
  await withCompany(companyId, (tx) =>
    tx.mention.updateMany({
      where: { companyId, operatorId, readAt: null, conversationId },
      data: { readAt: now },
    }),
  );
}

function view(row: Row): MentionView {
  const { messageId, conversationId, seq, contactId, contactName, text, createdAt, readAt } = row;
  return {
    messageId,
    conversationId,
    seq,
    customer: { id: contactId, name: customerName({ id: contactId, name: contactName }) },
    author: { kind: row.authorKind, id: row.authorId ?? undefined, name: row.authorName ?? undefined },
    text,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString(),
  };
}

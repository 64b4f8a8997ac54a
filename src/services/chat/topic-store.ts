import { GENERAL } from "#contracts/attributes";
import type { State } from "#contracts/conversation";
import { mostTopics, type TopicView } from "#contracts/topics";
import { read, type Tx } from "#lib/db";
import { type ConversationRecord, conversationRecord, createConversationIn } from "#services/conversations";

/** A browser and its newest session: whose topics these are. */
export type Visit = { companyId: string; sessionId: string; visitorId: string };

/** The name of a topic as it is compared: two that differ in letter case or spaces are one. */
export function topicKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/gu, " ").toLocaleLowerCase("en");
}

/** Says whether a name means the conversation that every chat begins with. */
export function isGeneral(name: string): boolean {
  return topicKey(name) === topicKey(GENERAL);
}

/** One of a visitor's topics besides General, with its conversation; undefined where they have no such topic. */
export async function findTopic(
  { companyId, visitorId }: Pick<Visit, "companyId" | "visitorId">,
  name: string,
): Promise<{ name: string; conversation: ConversationRecord } | undefined> {
  const [row] = await read<{ name: string; found: Record<string, unknown> }>(
    companyId,
    `SELECT t.name, to_jsonb(c) || conversation_names(c) AS found
     FROM chat_topic t JOIN conversation c ON c.company_id = t.company_id AND c.id = t.conversation_id
     WHERE t.company_id = $1 AND t.visitor_id = $2 AND t.key = $3`,
    [companyId, visitorId, topicKey(name)],
    { name: "chat_topic" },
  );
  return row && { name: row.name, conversation: conversationRecord(row.found) };
}

/** The conversations that a visitor's topics are in now, the oldest first. */
export async function topicConversations({
  companyId,
  sessionId,
  visitorId,
}: Visit): Promise<{ id: string; state: State; head: number }[]> {
  return read(
    companyId,
    `SELECT c.id, c.state, c.head FROM conversation c WHERE c.company_id = $1 AND c.id IN (
       SELECT conversation_id FROM chat_session WHERE company_id = $1 AND id = $2
       UNION ALL SELECT conversation_id FROM chat_topic WHERE company_id = $1 AND visitor_id = $3)
     ORDER BY c.created_at, c.id`,
    [companyId, sessionId, visitorId],
  );
}

/** All topics of a visitor, those with the newest words first. */
export async function listTopics({ companyId, sessionId, visitorId }: Visit): Promise<TopicView[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT theirs.name, c.id, c.snippet, c.last_author AS author, c.last_message_at AS at, c.state, c.operator_id AS "operatorId",
            u.name AS "operatorName", u.image AS "operatorImage",
            -- The counter also waits for entries that a customer never sees: it only says where there is anything to count.
            CASE WHEN c.customer_unread = 0 THEN 0 ELSE (
              SELECT count(*)::int FROM (
                SELECT FROM message m WHERE m.company_id = $1 AND m.conversation_id = c.id AND m.seq > c.customer_read
                  AND m.audience = 'all' AND m.author_kind IN ('agent', 'operator') LIMIT 100) AS heard) END AS unread
     FROM (
       SELECT $4::text AS name, conversation_id FROM chat_session WHERE company_id = $1 AND id = $2
       UNION ALL SELECT name, conversation_id FROM chat_topic WHERE company_id = $1 AND visitor_id = $3
     ) theirs
     JOIN conversation c ON c.company_id = $1 AND c.id = theirs.conversation_id
     LEFT JOIN "user" u ON u.id = c.operator_id
     ORDER BY c.last_message_at DESC, c.id LIMIT $5`,
    [companyId, sessionId, visitorId, GENERAL, mostTopics + 1],
  );
  return rows.map((row) => ({
    name: row.name,
    conversationId: row.id,
    unread: row.unread,
    lastWords: row.snippet,
    lastAuthor: row.author ?? undefined,
    lastMessageAt: row.at.toISOString(),
    state: row.state,
    operator:
      row.operatorId === null
        ? undefined
        : { id: row.operatorId, name: row.operatorName ?? "Support", image: row.operatorImage ?? undefined },
  }));
}

type Row = {
  name: string;
  id: string;
  unread: number;
  snippet: string;
  author: TopicView["lastAuthor"] | null;
  at: Date;
  state: State;
  operatorId: string | null;
  operatorName: string | null;
  operatorImage: string | null;
};

/** Makes a topic with an empty conversation; of two who do so at once, one makes it and both have it. */
export async function makeTopic(
  tx: Tx,
  { companyId, visitorId }: Pick<Visit, "companyId" | "visitorId">,
  topic: { name: string; agentId: string; contactId: string },
): Promise<void> {
  const { name, agentId, contactId } = topic;
  const conversationId = await createConversationIn(tx, companyId, { agentId, contactId, topic: name });
  const { count } = await tx.chatTopic.createMany({
    data: { companyId, visitorId, key: topicKey(name), name, conversationId },
    skipDuplicates: true,
  });
  if (count === 0) await tx.conversation.deleteMany({ where: { id: conversationId, companyId } });
}

/** Puts a topic into a new conversation in place of one that ended too long ago: the same one for all who ask at once. */
export async function renewTopic(
  tx: Tx,
  { companyId, visitorId }: Pick<Visit, "companyId" | "visitorId">,
  topic: { name: string; ended: string; agentId: string; contactId: string },
): Promise<string> {
  const { name, ended, agentId, contactId } = topic;
  const key = topicKey(name);
  const [now] = await tx.$queryRaw<{ conversation_id: string }[]>`
    SELECT conversation_id FROM chat_topic
    WHERE company_id = ${companyId}::uuid AND visitor_id = ${visitorId}::uuid AND key = ${key} FOR UPDATE`;
  if (now !== undefined && now.conversation_id !== ended) return now.conversation_id;
  const conversationId = await createConversationIn(tx, companyId, { agentId, contactId, topic: name });
  await tx.chatTopic.update({
    where: { companyId_visitorId_key: { companyId, visitorId, key } },
    data: { conversationId },
  });
  return conversationId;
}

import type { Tx } from "#lib/db";
import type { ConversationRecord } from "./record.ts";
import { type Folded, foldOf, type Told } from "./told-fold.ts";

const place = ["company_id", "conversation_id", "seq", "created_at"];
const tables = {
  event: [...place, "type", "audience", "payload"],
  message: [
    ...place,
    "id",
    "author_kind",
    "author_id",
    "author_name",
    "text",
    "audience",
    "client_id",
    "sources",
    "notice",
    "answer",
    "data",
  ],
  decision: [
    ...place,
    "id",
    "run_id",
    "phase",
    "outcome",
    "reason",
    "sentence",
    "trace",
    "signals",
    "versions",
  ],
  escalation: [
    "company_id",
    "conversation_id",
    "created_at",
    "id",
    "reason",
    "sentence",
    "packet",
    "accepted_at",
    "accepted_by",
  ],
} as const;

const atOnce = 100;

/**
 * Writes down conversations that took place, within a transaction that does more: the rows that `append` would have left, had
 * each step been appended in its time. Nobody is rung, no job follows, and all counts as read: it is for a past that is made
 * up, not for one that somebody waits on.
 */
export async function tellConversations(tx: Tx, companyId: string, told: Told[]): Promise<void> {
  const folded = told.map((each) => foldOf(companyId, each));
  await tx.contact.createMany({
    data: told.map((each) => contactRow(companyId, each)),
    skipDuplicates: true,
  });
  await tx.conversation.createMany({ data: folded.map(({ conversation }) => conversationRow(conversation)) });
  for (let from = 0; from < folded.length; from += atOnce) {
    await insert(tx, companyId, folded.slice(from, from + atOnce));
  }
}

function contactRow(companyId: string, { contact, began }: Told) {
  return { ...contact, companyId, createdAt: began, lastSeenAt: began };
}

function conversationRow(conversation: ConversationRecord) {
  const { id, companyId, agentId, contactId, channel, topic, state, epoch, head, operatorId } = conversation;
  const { stateSince, waitingSince, reason, offered, snippet, lastAuthor, lastMessageAt } = conversation;
  const { lastCustomerSeq, createdAt, closedAt, teamId, language, tags, scope } = conversation;
  // Customers saw what was said to them; what is over is over for everybody.
  const read = closedAt === undefined ? conversation : { operatorRead: head, operatorUnread: 0 };
  const { operatorRead, operatorUnread } = read;
  return {
    ...{ id, companyId, agentId, contactId, channel, topic, state, epoch, head, operatorId },
    ...{ stateSince, waitingSince, reason, offered, snippet, lastAuthor, lastMessageAt },
    ...{ lastCustomerSeq, createdAt, closedAt, teamId, language, tags, ...(scope && { scope }) },
    ...{ customerRead: head, operatorRead, operatorUnread },
  };
}

async function insert(tx: Tx, companyId: string, folded: Folded[]): Promise<void> {
  const rows = {
    event: folded.flatMap(({ events }) => events),
    message: folded.flatMap(({ messages }) => messages),
    decision: folded.flatMap(({ decisions }) => decisions),
    escalation: folded.flatMap(({ escalations }) => escalations),
  };
  for (const [name, columns] of Object.entries(tables)) {
    const given = rows[name as keyof typeof tables].map((row) => ({ ...row, company_id: companyId }));
    await tx.$executeRawUnsafe(
      `INSERT INTO ${name} (${columns.join(", ")})
       SELECT ${columns.join(", ")} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
      JSON.stringify(given),
    );
  }
}

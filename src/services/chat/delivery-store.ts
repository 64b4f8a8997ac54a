import type { Receipt } from "#contracts/channel";
import type { Source } from "#contracts/conversation";
import type { TemplateChoice } from "#contracts/operator";
import type { MessageData } from "#contracts/structured";
import { read, withCompany } from "#lib/db";
import type { OpenConnection } from "#services/connections";

/** A message of ours that is on its way to its platform. */
export type OutgoingMessage = {
  messageId: string;
  conversationId: string;
  connectionId: string;
  seq: number;
  state: "waiting" | "sending";
  template: TemplateChoice | undefined;
  choices: string[];
  /** What the web chat would show beside the text. */
  data: MessageData | undefined;
  /** The numbers of its parts that have left, and of which no platform has said that they failed. */
  leftParts: number[];
  attempts: number;
  nextAt: Date | undefined;
  text: string;
  sources: Source[];
  author: "agent" | "operator" | "system";
  attachments: string[];
  replyToId: string | undefined;
  thread: {
    key: string;
    kind: "direct" | "group";
    address: Record<string, string>;
    lastCustomerAt: Date | undefined;
    blocked: boolean;
    optedOut: boolean;
  };
};

type Row = Omit<
  OutgoingMessage,
  "template" | "choices" | "data" | "sources" | "nextAt" | "replyToId" | "attachments" | "thread"
> & {
  template: TemplateChoice | null;
  choices: string[] | null;
  data: MessageData | null;
  sources: Source[] | null;
  nextAt: Date | null;
  replyToId: string | null;
  attachments: { id: string }[] | null;
  key: string;
  kind: "direct" | "group";
  address: Record<string, string>;
  lastCustomerAt: Date | null;
  blocked: boolean;
  optedOut: boolean;
};

/** The oldest message of a conversation that has not left yet; undefined when all have. */
export async function nextOutgoing(
  companyId: string,
  conversationId: string,
): Promise<OutgoingMessage | undefined> {
  const [row] = await read<Row>(
    companyId,
    `SELECT d.message_id AS "messageId", d.conversation_id AS "conversationId", d.connection_id AS "connectionId", d.seq, d.state,
            d.template, d.choices, d.attempts, d.next_at AS "nextAt", m.text, m.sources, m.data,
            m.author_kind AS author, m.attachments, t.key, t.kind, t.address, coalesce(t.customer_wrote_at, t.last_customer_at) AS "lastCustomerAt", t.blocked,
            t.opted_out_at IS NOT NULL AS "optedOut",
            (SELECT x.external_id FROM external_message x WHERE x.message_id = m.reply_to AND x.connection_id = d.connection_id
             ORDER BY x.external_id LIMIT 1) AS "replyToId",
            ARRAY(SELECT DISTINCT x.part FROM external_message x WHERE x.message_id = d.message_id AND x.part IS NOT NULL
                  AND x.state <> 'failed') AS "leftParts"
     FROM delivery d JOIN message m ON m.id = d.message_id JOIN thread t ON t.id = d.thread_id
     WHERE d.company_id = $1 AND d.conversation_id = $2 AND d.state IN ('waiting', 'sending')
     ORDER BY d.seq LIMIT 1`,
    [companyId, conversationId],
    { name: "next_outgoing" },
  );
  if (row === undefined) return undefined;
  const {
    template,
    choices,
    data,
    sources,
    nextAt,
    replyToId,
    attachments,
    key,
    kind,
    address,
    lastCustomerAt,
    blocked,
    optedOut,
    ...rest
  } = row;
  return {
    ...rest,
    template: template ?? undefined,
    choices: choices ?? [],
    data: data ?? undefined,
    sources: sources ?? [],
    nextAt: nextAt ?? undefined,
    replyToId: replyToId ?? undefined,
    attachments: (attachments ?? []).map(({ id }) => id),
    thread: { key, kind, address, lastCustomerAt: lastCustomerAt ?? undefined, blocked, optedOut },
  };
}

/** Marks a message as leaving, before anything of it leaves; false where somebody else settled it meanwhile. */
export async function beginSending(companyId: string, messageId: string, now: Date): Promise<boolean> {
  const { count } = await withCompany(companyId, (tx) =>
    tx.delivery.updateMany({
      where: { messageId, companyId, state: "waiting" },
      data: { state: "sending", attempts: { increment: 1 }, nextAt: null, changedAt: now },
    }),
  );
  return count === 1;
}

/** Keeps that a part has left, with the id that its platform gave it, as its answer or a receipt tells: a later try leaves it out. */
export async function keepPart(
  connection: Pick<OpenConnection, "companyId" | "id">,
  sent: { messageId: string; part: number; externalId: string },
): Promise<void> {
  const { companyId, id: connectionId } = connection;
  await withCompany(companyId, (tx) =>
    tx.externalMessage.createMany({ data: { companyId, connectionId, ...sent }, skipDuplicates: true }),
  );
}

/** Says whether a part of a message is known to have left. */
export async function hasPart(companyId: string, messageId: string, part: number): Promise<boolean> {
  const rows = await read(
    companyId,
    "SELECT 1 FROM external_message WHERE company_id = $1 AND message_id = $2 AND part = $3 AND state <> 'failed'",
    [companyId, messageId, part],
  );
  return rows.length > 0;
}

/**
 * Moves one part of a message forward as its receipt tells, and answers how far the message is by that: as far as the
 * part that is furthest behind, and failed where one has failed.
 */
export async function settlePart(
  { companyId, id: connectionId }: Pick<OpenConnection, "companyId" | "id">,
  { messageId, externalId, status }: { messageId: string; externalId: string; status: Receipt["status"] },
): Promise<Receipt["status"]> {
  return withCompany(companyId, async (tx) => {
    // Receipts of two parts that come at once are told one after the other.
    await tx.$queryRaw`SELECT FROM delivery WHERE message_id = ${messageId}::uuid FOR UPDATE`;
    await tx.$executeRaw`
      UPDATE external_message SET state = ${status}
      WHERE connection_id = ${connectionId}::uuid AND external_id = ${externalId} AND delivery_moves(state, ${status})`;
    const parts = await tx.$queryRaw<{ state: Receipt["status"] }[]>`
      SELECT DISTINCT ON (part) state FROM external_message WHERE message_id = ${messageId}::uuid
      ORDER BY part, array_position(ARRAY['failed', 'sent', 'delivered', 'read'], state) DESC`;
    const states = new Set(parts.map(({ state }) => state));
    return behind.find((state) => states.has(state)) ?? status;
  });
}

const behind: Receipt["status"][] = ["failed", "sent", "delivered", "read"];

/** Puts a message that the platform did not take back in line for a later try. */
export async function waitAgain(
  companyId: string,
  messageId: string,
  later: { nextAt: Date; code: string; words: string; now: Date },
): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.delivery.updateMany({
      where: { messageId, companyId, state: "sending" },
      data: {
        state: "waiting",
        nextAt: later.nextAt,
        code: later.code,
        words: later.words,
        changedAt: later.now,
      },
    }),
  );
}

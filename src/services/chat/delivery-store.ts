import type { TemplateChoice } from "#contracts/operator";
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
  sentParts: number;
  attempts: number;
  nextAt: Date | undefined;
  text: string;
  author: "agent" | "operator" | "system";
  attachments: string[];
  replyToId: string | undefined;
  thread: {
    key: string;
    kind: "direct" | "group";
    address: Record<string, string>;
    lastCustomerAt: Date | undefined;
    blocked: boolean;
  };
};

type Row = Omit<
  OutgoingMessage,
  "template" | "choices" | "nextAt" | "replyToId" | "attachments" | "thread"
> & {
  template: TemplateChoice | null;
  choices: string[] | null;
  nextAt: Date | null;
  replyToId: string | null;
  attachments: { id: string }[] | null;
  key: string;
  kind: "direct" | "group";
  address: Record<string, string>;
  lastCustomerAt: Date | null;
  blocked: boolean;
};

/** The oldest message of a conversation that has not left yet; undefined when all have. */
export async function nextOutgoing(
  companyId: string,
  conversationId: string,
): Promise<OutgoingMessage | undefined> {
  const [row] = await read<Row>(
    companyId,
    `SELECT d.message_id AS "messageId", d.conversation_id AS "conversationId", d.connection_id AS "connectionId", d.seq, d.state,
            d.template, d.choices, d.sent_parts AS "sentParts", d.attempts, d.next_at AS "nextAt", m.text,
            m.author_kind AS author, m.attachments, t.key, t.kind, t.address, t.last_customer_at AS "lastCustomerAt", t.blocked,
            (SELECT x.external_id FROM external_message x WHERE x.message_id = m.reply_to AND x.connection_id = d.connection_id
             ORDER BY x.external_id LIMIT 1) AS "replyToId"
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
    nextAt,
    replyToId,
    attachments,
    key,
    kind,
    address,
    lastCustomerAt,
    blocked,
    ...rest
  } = row;
  return {
    ...rest,
    template: template ?? undefined,
    choices: choices ?? [],
    nextAt: nextAt ?? undefined,
    replyToId: replyToId ?? undefined,
    attachments: (attachments ?? []).map(({ id }) => id),
    thread: { key, kind, address, lastCustomerAt: lastCustomerAt ?? undefined, blocked },
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

/** Keeps that a part has left, with the id that its platform gave it: a later try goes on after it. */
export async function keepPart(
  connection: Pick<OpenConnection, "companyId" | "id">,
  sent: { messageId: string; part: number; externalId: string },
): Promise<void> {
  const { companyId, id: connectionId } = connection;
  await withCompany(companyId, async (tx) => {
    await tx.externalMessage.createMany({
      data: { companyId, connectionId, externalId: sent.externalId, messageId: sent.messageId },
      skipDuplicates: true,
    });
    await tx.delivery.updateMany({
      where: { messageId: sent.messageId, companyId },
      data: { sentParts: sent.part + 1 },
    });
  });
}

/** Keeps that a part has left, as a receipt tells it before, or instead of, the answer to our request. */
export async function adoptPart(
  { companyId, id: connectionId }: Pick<OpenConnection, "companyId" | "id">,
  { messageId, part, externalId }: { messageId: string; part: number; externalId: string },
): Promise<void> {
  await withCompany(companyId, async (tx) => {
    await tx.externalMessage.createMany({
      data: { companyId, connectionId, externalId, messageId },
      skipDuplicates: true,
    });
    await tx.delivery.updateMany({
      where: { messageId, companyId, sentParts: part },
      data: { sentParts: part + 1 },
    });
  });
}

/** How many parts of a message are known to have left. */
export async function partsSent(companyId: string, messageId: string): Promise<number> {
  const [row] = await read<{ count: number }>(
    companyId,
    "SELECT sent_parts AS count FROM delivery WHERE company_id = $1 AND message_id = $2",
    [companyId, messageId],
  );
  return row?.count ?? 0;
}

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

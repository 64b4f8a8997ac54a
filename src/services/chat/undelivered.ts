import { z } from "zod";
import { read, withCompany } from "#lib/db";
import { channelOf } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { findConversation, type Job } from "#services/conversations";
import { initiateEscalation, takers, tellWithin } from "#services/handover";

export const UndeliveredJob = z.object({
  companyId: z.uuid(),
  conversationId: z.uuid(),
  messageId: z.uuid(),
});
type UndeliveredJob = z.infer<typeof UndeliveredJob>;

/** The work that sees to it that a message which did not arrive reaches somebody: belongs into the commit that says so. */
export function mindUndelivered(lost: UndeliveredJob): Job {
  return { task: "message.undelivered", payload: lost, key: `undelivered:${lost.messageId}` };
}

/**
 * Brings a message that did not arrive before a person: what the assistant said calls one into its conversation, what an
 * operator said is told to them. Nothing happens where it has been sent again meanwhile.
 */
export async function tellUndelivered(job: UndeliveredJob): Promise<void> {
  const { companyId, conversationId } = job;
  const lost = await lostMessage(job);
  if (lost === undefined) return;
  const conversation = await findConversation({ companyId }, conversationId);
  if (lost.author === "agent" && conversation.state === "ACTIVE") {
    await initiateEscalation({ companyId }, conversationId, {
      reason: "ai_failure",
      sentence: inWords(lost),
    });
    return;
  }
  // Who waits in the queue is on every operator's list already.
  if (lost.author === "agent" && conversation.state === "WAITING_HUMAN") return;
  const writer = lost.author === "operator" ? lost.authorId : null;
  await withCompany(companyId, async (tx) => {
    const named = [writer, conversation.operatorId].flatMap((each) => each ?? []);
    const here = await tx.member.findMany({ where: { companyId, userId: { in: named } } });
    await tellWithin(tx, {
      companyId,
      conversationId,
      kind: "undelivered",
      // Whoever wrote it may have left the company.
      operatorIds:
        here.length > 0 ? here.map(({ userId }) => userId) : await takers(tx, companyId, conversation.teamId),
      key: `undelivered:${job.messageId}:${lost.at.getTime()}`,
    });
  });
}

type Lost = {
  state: "failed" | "unknown";
  words: string | null;
  at: Date;
  author: "agent" | "operator";
  authorId: string | null;
  channel: OpenConnection["channel"];
};

async function lostMessage({
  companyId,
  conversationId,
  messageId,
}: UndeliveredJob): Promise<Lost | undefined> {
  const [lost] = await read<Lost>(
    companyId,
    `SELECT d.state, d.words, d.changed_at AS at, m.author_kind AS author, m.author_id AS "authorId", c.channel
     FROM delivery d JOIN message m ON m.id = d.message_id JOIN connection c ON c.id = d.connection_id
     WHERE d.company_id = $1 AND d.conversation_id = $2 AND d.message_id = $3 AND d.state IN ('failed', 'unknown')
       AND m.author_kind IN ('agent', 'operator')`,
    [companyId, conversationId, messageId],
  );
  return lost;
}

function inWords({ state, words, channel }: Lost): string {
  const { label } = channelOf(channel);
  const what =
    state === "failed"
      ? `The answer of the assistant could not be delivered on ${label}.`
      : `It is not known whether the answer of the assistant arrived on ${label}.`;
  return words === null || words === "" ? what : `${what} ${words}`;
}

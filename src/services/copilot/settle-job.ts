import { z } from "zod";
import { markDays } from "#lib/changed-days";
import { read, withCompany } from "#lib/db";
import type { JobHandlers } from "#lib/jobs";
import { settle } from "./outcome.ts";

const SettleJob = z.object({
  companyId: z.uuid(),
  conversationId: z.uuid(),
  suggestionId: z.uuid(),
  messageId: z.uuid(),
});

/** What the worker does for the co-pilot. */
export const copilotJobs: JobHandlers = {
  "suggestion.settle": (payload) => settleUsed(SettleJob.parse(payload)),
};

/** Finds out how much of a suggestion went out with the reply that began as it; the reply itself passed over the others. */
async function settleUsed({
  companyId,
  conversationId,
  suggestionId,
  messageId,
}: z.output<typeof SettleJob>): Promise<void> {
  const [row] = await read<{ suggested: string; sent: string; sentAt: Date; decidedAt: Date | null }>(
    companyId,
    `SELECT s.text AS suggested, m.text AS sent, m.created_at AS "sentAt", s.decided_at AS "decidedAt"
     FROM suggestion s JOIN message m ON m.company_id = s.company_id AND m.conversation_id = s.conversation_id
     WHERE s.company_id = $1 AND s.conversation_id = $2 AND s.id = $3 AND m.id = $4`,
    [companyId, conversationId, suggestionId, messageId],
  );
  if (row === undefined) return;
  const { sentAt, decidedAt } = row;
  await withCompany(companyId, async (tx) => {
    await tx.suggestion.updateMany({
      // What was sent once stays used, also when its words begin a second reply.
      where: { id: suggestionId, companyId, OR: [{ outcome: null }, { outcome: "ignored" }] },
      data: { ...settle(row.suggested, row.sent), messageId, decidedAt: sentAt },
    });
    await markDays(tx, companyId, decidedAt === null ? [sentAt] : [decidedAt, sentAt]);
  });
}

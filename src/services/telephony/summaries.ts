import { z } from "zod";
import { read, withCompany } from "#lib/db";
import { isAppError } from "#lib/errors";
import { copilotPorts } from "#services/chat";
import type { Job } from "#services/conversations";
import { summarise } from "#services/copilot";

export const SummaryJob = z.object({ companyId: z.uuid(), conversationId: z.uuid() });

/** A model that takes longer is asked again later. */
const patience = 60_000;

/** Has a conversation summed up at once, in the commit that ends a call or a person's part in it. */
export function summarySoon(companyId: string, conversationId: string): Job {
  return {
    task: "telephony.summarise",
    payload: { companyId, conversationId },
    key: `summary:${conversationId}`,
    maxAttempts: 5,
  };
}

/** Sums up a conversation that rests, spoken and written words alike, unless nothing was said since it was done last. */
export async function summariseAtRest({
  companyId,
  conversationId,
}: z.infer<typeof SummaryJob>): Promise<void> {
  const [place] = await read<{ head: number | null; upTo: number | null }>(
    companyId,
    `SELECT (SELECT max(seq) FROM message WHERE conversation_id = c.id AND audience = 'all' AND author_kind <> 'system') AS head,
            (SELECT up_to_seq FROM conversation_summary WHERE company_id = $1 AND conversation_id = c.id) AS "upTo"
     FROM conversation c WHERE c.company_id = $1 AND c.id = $2`,
    [companyId, conversationId],
  );
  if (place === undefined || place.head === null || place.head <= (place.upTo ?? 0)) return;
  try {
    const { points, by } = await summarise(
      { companyId },
      conversationId,
      copilotPorts(),
      AbortSignal.timeout(patience),
    );
    await keep(companyId, conversationId, {
      upTo: place.head,
      text: points.join("\n"),
      madeBy: by === "model" ? "model" : "extract",
    });
  } catch (error) {
    // Removed meanwhile.
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
}

async function keep(
  companyId: string,
  conversationId: string,
  { upTo, text, madeBy }: { upTo: number; text: string; madeBy: "model" | "extract" },
): Promise<void> {
  // One that was begun earlier and comes later knows less.
  await withCompany(
    companyId,
    (tx) => tx.$executeRaw`
      INSERT INTO conversation_summary AS kept (company_id, conversation_id, up_to_seq, text, made_by, made_at)
      VALUES (${companyId}::uuid, ${conversationId}::uuid, ${upTo}, ${text}, ${madeBy}, now())
      ON CONFLICT (company_id, conversation_id) DO UPDATE
        SET up_to_seq = excluded.up_to_seq, text = excluded.text, made_by = excluded.made_by, made_at = excluded.made_at
        WHERE kept.up_to_seq < excluded.up_to_seq`,
  );
}

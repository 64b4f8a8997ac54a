import { read, withCompany } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { sideBySide } from "#lib/side-by-side";
import type { ConversationRecord } from "#services/conversations";
import { move } from "./change.ts";
import { routeAgain } from "./desk-write.ts";
import { systemLine } from "./system-line.ts";

type Holder = { companyId: string; userId: string };

/** Gives back to the queue whatever an operator holds who is gone for good, and offers to others what was offered to them. */
export async function releaseAllOf(holder: Holder, now = new Date()): Promise<void> {
  const { companyId, userId: operatorId } = holder;
  await releaseEach(
    holder,
    "SELECT id FROM conversation WHERE company_id = $1 AND operator_id = $2 AND id > $3 ORDER BY id LIMIT 500",
    now,
  );
  await withCompany(companyId, async (tx) => {
    await tx.acceptance.updateMany({
      where: { companyId, operatorId },
      data: { operatorId: null, until: now },
    });
    await routeAgain(tx, companyId);
  });
}

/**
 * Gives back to the queue what waits for the word of an operator who is not here, or was not when it was given to them; what
 * waits for its customer stays theirs. Who has come back meanwhile keeps everything.
 */
export async function releaseUnanswered(holder: Holder, unseenSince: Date, now = new Date()): Promise<void> {
  await releaseEach(
    holder,
    `SELECT c.id FROM conversation c LEFT JOIN presence p ON p.company_id = $1 AND p.user_id = $2
     WHERE c.company_id = $1 AND c.operator_id = $2 AND c.id > $3 AND waits_for_absent(c, p.seen_at, $4)
     ORDER BY c.id LIMIT 500`,
    now,
    [unseenSince],
  );
}

/** Releases a page at a time, each conversation once: what cannot be released is not asked for again. */
async function releaseEach(holder: Holder, held: string, now: Date, values: unknown[] = []): Promise<void> {
  const { companyId, userId } = holder;
  const few = sideBySide(4);
  let after: string | undefined = "00000000-0000-0000-0000-000000000000";
  while (after !== undefined) {
    const rows: { id: string }[] = await read(companyId, held, [companyId, userId, after, ...values]);
    await Promise.all(rows.map(({ id }) => few(() => release(holder, id, now))));
    after = rows.at(-1)?.id;
  }
}

/** Puts a conversation back at the place in line where it stood before this operator, unless another has it by now. */
async function release({ companyId, userId }: Holder, id: string, now: Date): Promise<void> {
  const waitingSince = await placeBefore(companyId, id);
  try {
    await move(
      { companyId },
      id,
      "release",
      (before) => {
        if (before.operatorId !== userId) throw new AppError("conflict", "Somebody else has it by now.");
        return { change: { waitingSince: waitingSince ?? since(before) }, messages: [releasedLine(before)] };
      },
      now,
    );
  } catch (error) {
    // Somebody else took it or closed it meanwhile.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
}

/** Since when the conversation waited before people had it; undefined for one that was taken from the AI. */
async function placeBefore(companyId: string, conversationId: string): Promise<Date | undefined> {
  const [row] = await read<{ state: string; since: Date }>(
    companyId,
    `SELECT before.state, coalesce(w.since, before.at) AS since FROM (
       SELECT e.payload#>>'{state,state}' AS state, (e.payload#>>'{state,epoch}')::integer AS epoch, e.created_at AS at
       FROM event e WHERE e.company_id = $1 AND e.conversation_id = $2 AND e.type = 'state'
         AND e.payload#>>'{state,state}' <> 'WITH_HUMAN' ORDER BY e.seq DESC LIMIT 1
     ) before LEFT JOIN queue_wait w ON w.conversation_id = $2 AND w.epoch = before.epoch`,
    [companyId, conversationId],
  );
  return row?.state === "WAITING_HUMAN" ? row.since : undefined;
}

function since({ stateSince }: ConversationRecord): Date {
  return new Date(stateSince);
}

function releasedLine({ operatorName }: ConversationRecord) {
  return systemLine("Your colleague had to leave. The next free person will go on from here.", {
    kind: "released",
    name: operatorName,
  });
}

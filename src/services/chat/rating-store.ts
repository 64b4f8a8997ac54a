import type { RatedOf, RatingView, Score } from "#contracts/rating";
import { markDays } from "#lib/changed-days";
import { read, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";

/** For so long after it was given a rating can be changed. */
export const changeable = 10 * 60_000;
/** A comment that follows the tap is told together with it. */
const settling = 45_000;

export type RatingRecord = {
  id: string;
  companyId: string;
  conversationId: string;
  of: RatedOf;
  operatorId: string | null;
  name: string;
  messageId: string;
  seq: number;
  score: Score | null;
  comment: string | null;
  askedAt: Date;
  givenAt: Date | null;
};

const columns = `r.id, r.company_id AS "companyId", r.conversation_id AS "conversationId", r.of, r.operator_id AS "operatorId", r.name,
  r.message_id AS "messageId", m.seq, r.score, r.comment, r.asked_at AS "askedAt", r.given_at AS "givenAt"`;

/** The newest question that stands in a conversation's log; undefined where there is none. */
export async function askedRating(
  companyId: string,
  conversationId: string,
): Promise<RatingRecord | undefined> {
  const [row] = await read<RatingRecord>(
    companyId,
    `SELECT ${columns} FROM rating r JOIN message m ON m.id = r.message_id
     WHERE r.company_id = $1 AND r.conversation_id = $2 ORDER BY m.seq DESC LIMIT 1`,
    [companyId, conversationId],
  );
  return row;
}

/** A rating by its id, once its question stands in the log. */
export async function findRating(companyId: string, ratingId: string): Promise<RatingRecord | undefined> {
  const [row] = await read<RatingRecord>(
    companyId,
    `SELECT ${columns} FROM rating r JOIN message m ON m.id = r.message_id WHERE r.company_id = $1 AND r.id = $2`,
    [companyId, ratingId],
  );
  return row;
}

export type Question = Pick<RatingRecord, "id" | "conversationId" | "of" | "name" | "messageId"> & {
  operatorId: string | undefined;
};

/**
 * Keeps a question before it is asked, so that it is asked once whatever breaks in between; answers its own ids, or those
 * under which it was kept and not asked. Undefined where it stands in the log already.
 */
export async function keepQuestion(
  companyId: string,
  question: Question,
  now: Date,
): Promise<{ id: string; messageId: string } | undefined> {
  const { id, conversationId, of, operatorId = null, name, messageId } = question;
  const rows = await withCompany(
    companyId,
    (tx) => tx.$queryRaw<{ id: string; messageId: string }[]>`
      INSERT INTO rating (id, company_id, conversation_id, of, operator_id, name, message_id, asked_at)
      VALUES (${id}::uuid, ${companyId}::uuid, ${conversationId}::uuid, ${of}, ${operatorId}::uuid, ${name}, ${messageId}::uuid, ${now})
      ON CONFLICT (conversation_id, of) DO UPDATE
        SET operator_id = excluded.operator_id, name = excluded.name, asked_at = excluded.asked_at
        WHERE NOT EXISTS (SELECT FROM message m WHERE m.id = rating.message_id)
      RETURNING id, message_id AS "messageId"`,
  );
  return rows[0];
}

/** Writes down what a customer answered, and the job that tells operators of it. False where it is too late to change it. */
export async function keepAnswer(
  { id, companyId }: Pick<RatingRecord, "id" | "companyId">,
  { score, comment }: { score: Score; comment?: string | undefined },
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - changeable);
  return withCompany(companyId, async (tx) => {
    const kept = await tx.$queryRaw<{ askedAt: Date }[]>`
      UPDATE rating SET score = ${score}, comment = nullif(coalesce(${comment ?? null}, comment), ''), given_at = coalesce(given_at, ${now})
      WHERE id = ${id}::uuid AND company_id = ${companyId}::uuid AND (given_at IS NULL OR given_at > ${since})
      RETURNING asked_at AS "askedAt"`;
    if (kept.length === 0) return false;
    const runAt = new Date(now.getTime() + settling);
    await addJobWithin(tx, "rating.tell", { companyId, ratingId: id }, { runAt, key: `rating.tell:${id}` });
    await markDays(
      tx,
      companyId,
      kept.map(({ askedAt }) => askedAt),
    );
    return true;
  });
}

/** A rating as its customer may see it. */
export function ratingView(rating: RatingRecord): RatingView {
  const { of, name, score, comment, askedAt, givenAt } = rating;
  return {
    of,
    name,
    score: score ?? undefined,
    comment: comment ?? undefined,
    askedAt: askedAt.toISOString(),
    givenAt: givenAt?.toISOString(),
    changeableUntil: givenAt === null ? undefined : new Date(givenAt.getTime() + changeable).toISOString(),
  };
}

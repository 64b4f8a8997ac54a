import type { RatedOf, Score } from "#contracts/rating";
import type { Tx } from "#lib/db";
import type { NewMessage } from "#services/conversations";
import { ratedLine, rateLine } from "./rating-lines.ts";

/** A question that was asked, and what the customer answered, if anything. */
export type ToldRating = {
  id: string;
  conversationId: string;
  of: RatedOf;
  operatorId?: string | undefined;
  name: string;
  messageId: string;
  askedAt: Date;
  given?: { at: Date; score: Score; comment?: string | undefined } | undefined;
};

/** The lines of the log that belong to a rating: the question, and what operators read of the answer. */
export function ratingLines({ id, name, messageId, given }: ToldRating): [NewMessage, NewMessage?] {
  const question = { ...rateLine(name, { pressed: false }), id: messageId, clientId: `rate:${id}` };
  if (given === undefined) return [question];
  const { score, comment = null } = given;
  return [question, ratedLine({ name, score, comment })];
}

/** Keeps ratings whose lines are told within the same transaction. */
export async function tellRatings(tx: Tx, companyId: string, ratings: ToldRating[]): Promise<void> {
  await tx.rating.createMany({
    data: ratings.map(({ given, ...asked }) => ({
      ...asked,
      companyId,
      score: given?.score,
      comment: given?.comment,
      givenAt: given?.at,
    })),
  });
}

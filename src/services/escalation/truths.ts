import { read } from "#lib/db";

/** What really became of a conversation, whatever the rules said of it. */
export type Truth = {
  /** An operator took it from the AI by their own decision, or gave it to a colleague, a team or the queue. */
  takenByHand: boolean;
  /** An operator had it, from the AI or from the queue. */
  withPerson: boolean;
  /** Whether the customer rated the AI low; absent where they did not rate it. */
  lowRating: boolean | undefined;
};

/** From 1 to 5; up to here a rating is low. */
export const LOW_RATING = 2;

/** What became of some conversations, by their ids; one of which nothing is known is left out. */
export async function truthsOf(
  companyId: string,
  conversationIds: readonly string[],
): Promise<Map<string, Truth>> {
  const [taken, ratings] = await Promise.all([
    read<{ conversation_id: string; by_hand: boolean; with_person: boolean }>(
      companyId,
      `SELECT conversation_id,
              bool_or(payload->>'move' = 'takeOver' AND (payload ? 'by' OR payload->>'reason' = 'manual')
                      OR payload->>'move' = 'escalate' AND payload ? 'by' AND payload->>'reason' = 'manual') AS by_hand,
              bool_or(payload#>>'{state,state}' = 'WITH_HUMAN') AS with_person
       FROM event WHERE company_id = $1 AND conversation_id = ANY($2::uuid[]) AND type = 'state'
       GROUP BY conversation_id`,
      [companyId, conversationIds],
    ),
    ratingsOfTheAi(companyId, conversationIds),
  ]);
  const truths = new Map<string, Truth>();
  for (const { conversation_id, by_hand, with_person } of taken) {
    truths.set(conversation_id, {
      takenByHand: by_hand === true,
      withPerson: with_person === true,
      lowRating: undefined,
    });
  }
  for (const [id, score] of ratings) {
    const truth = truths.get(id) ?? { takenByHand: false, withPerson: false, lowRating: undefined };
    truths.set(id, { ...truth, lowRating: score <= LOW_RATING });
  }
  return truths;
}

/** In which hours which operators wrote to customers of some conversations: one line each, the hour in ISO 8601. */
export async function operatorHours(
  companyId: string,
  conversationIds: readonly string[],
): Promise<{ operatorId: string; hour: string }[]> {
  const rows = await read<{ author_id: string; hour: Date }>(
    companyId,
    `SELECT DISTINCT author_id, date_trunc('hour', created_at, 'UTC') AS hour FROM message
     WHERE company_id = $1 AND conversation_id = ANY($2::uuid[]) AND author_kind = 'operator' AND author_id IS NOT NULL
       AND audience = 'all'`,
    [companyId, conversationIds],
  );
  return rows.map(({ author_id, hour }) => ({ operatorId: author_id, hour: hour.toISOString() }));
}

// What a customer says of the person who came says nothing of whether one was needed.
async function ratingsOfTheAi(
  companyId: string,
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await read<{ conversation_id: string; score: number }>(
    companyId,
    `SELECT conversation_id, score::int AS score FROM rating
     WHERE company_id = $1 AND conversation_id = ANY($2::uuid[]) AND of = 'ai' AND score IS NOT NULL`,
    [companyId, conversationIds],
  );
  return new Map(rows.map((row) => [row.conversation_id, row.score]));
}

import type { Move, State } from "#contracts/conversation";
import type { Tx } from "#lib/db";
import { smallTalkOf } from "#services/ai";
import type { Entry } from "./fold/entry.ts";
import type { Log } from "./fold/fold.ts";
import type { Given } from "./fold/resolutions.ts";
import type { Rule } from "./fold/waits.ts";

/** A conversation as its facts are narrowed by. */
export type Place = {
  id: string;
  contactId: string;
  channel: string;
  agentId: string;
  teamId: string | null;
  topic: string;
  tags: string[];
  /** The last entry that was there when reading began: all up to it are in what was read. */
  head: number;
};

export type Read = { place: Place; log: Log };

type EntryRow = { conversationId: string; seq: number; at: Date } & (
  | {
      type: "message";
      author: "customer" | "agent" | "operator";
      operatorId: string | null;
      words: string | null;
      spoken: boolean | null;
    }
  | {
      type: "state";
      move: Move;
      state: State;
      holder: string | null;
      by: string | null;
      reason: string | null;
    }
);
type RuleRow = { conversationId: string; at: Date; id: string; name: string };
type RatingRow = Given & { conversationId: string };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads conversations with as much of their logs as facts follow from; longer words than these are no mere thanks. */
export async function readLogs(tx: Tx, companyId: string, ids: string[]): Promise<Read[]> {
  const places = await tx.$queryRaw<Place[]>`
    SELECT id, contact_id AS "contactId", channel, agent_id AS "agentId", team_id AS "teamId", topic, tags, head
    FROM conversation WHERE company_id = ${companyId}::uuid AND id = ANY(${ids}::uuid[]) AND head > 0`;
  const entries = await tx.$queryRaw<EntryRow[]>`
    SELECT e.conversation_id AS "conversationId", e.seq, e.created_at AS at, e.type, m.author_kind AS author,
           CASE WHEN m.author_kind = 'operator' THEN m.author_id END AS "operatorId",
           CASE WHEN m.author_kind = 'customer' AND length(m.text) <= 120 THEN m.text END AS words,
           m.data->>'kind' = 'spoken' AS spoken,
           e.payload->>'move' AS move, e.payload#>>'{state,state}' AS state, e.payload#>>'{state,operator,id}' AS holder,
           CASE WHEN e.payload#>>'{by,kind}' = 'operator' THEN e.payload#>>'{by,id}' END AS by, e.payload->>'reason' AS reason
    FROM event e LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
    WHERE e.company_id = ${companyId}::uuid AND e.conversation_id = ANY(${ids}::uuid[])
      AND (e.type = 'state' OR (e.type = 'message' AND e.audience = 'all' AND m.author_kind <> 'system'))
    ORDER BY e.conversation_id, e.seq`;
  const rules = await tx.$queryRaw<RuleRow[]>`
    SELECT d.conversation_id AS "conversationId", d.created_at AS at, fired.rule->>'ruleId' AS id, fired.rule->>'name' AS name
    FROM decision d CROSS JOIN LATERAL (
      SELECT t.rule FROM jsonb_array_elements(d.trace) WITH ORDINALITY AS t (rule, n)
      WHERE t.rule->>'fired' = 'true' ORDER BY t.rule->>'trigger' IS DISTINCT FROM d.reason, t.n LIMIT 1
    ) AS fired
    WHERE d.company_id = ${companyId}::uuid AND d.conversation_id = ANY(${ids}::uuid[]) AND d.outcome = 'escalate'`;
  const ratings = await tx.$queryRaw<RatingRow[]>`
    SELECT conversation_id AS "conversationId", score, asked_at AS "askedAt", given_at AS at FROM rating
    WHERE company_id = ${companyId}::uuid AND conversation_id = ANY(${ids}::uuid[]) AND score IS NOT NULL ORDER BY given_at`;

  const entriesOf = Map.groupBy(entries, ({ conversationId }) => conversationId);
  const rulesOf = Map.groupBy(rules, ({ conversationId }) => conversationId);
  const ratingsOf = Map.groupBy(ratings, ({ conversationId }) => conversationId);
  return places.map((place) => ({
    place,
    log: {
      entries: (entriesOf.get(place.id) ?? []).map(entryOf),
      ratings: ratingsOf.get(place.id) ?? [],
      ruleAt: ruleFinder(rulesOf.get(place.id) ?? []),
    },
  }));
}

function entryOf(row: EntryRow): Entry {
  const { seq, at } = row;
  if (row.type === "message") {
    const thanks = row.words !== null && smallTalkOf(row.words) === "thanks";
    const { author, spoken } = row;
    const operatorId = person(row.operatorId);
    return { kind: "said", seq, at, author, operatorId, thanks, spoken: spoken === true };
  }
  const { move, state, holder, by, reason } = row;
  return {
    kind: "moved",
    seq,
    at,
    move,
    state,
    operatorId: person(holder),
    by: person(by),
    reason: reason ?? undefined,
  };
}

// Whoever wrote through a key or in an app of a platform may have no id of ours.
function person(id: string | null): string | undefined {
  return id !== null && uuid.test(id) ? id : undefined;
}

// A decision and the move that follows from it are one commit, and carry one moment.
function ruleFinder(rows: RuleRow[]): (moment: Date) => Rule | undefined {
  const rules = new Map(rows.map(({ at, id, name }) => [at.getTime(), { id, name }]));
  return (moment) => rules.get(moment.getTime());
}

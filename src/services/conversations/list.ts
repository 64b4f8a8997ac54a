import {
  type ConversationPage,
  dueViews,
  type ListFilters,
  type ListSort,
  type View,
} from "#contracts/operator";
import { read } from "#lib/db";
import { oldestRunningTransaction } from "#lib/sweeps";
import { decodeKeys, encodeKeys, type KeyKind, type Keys } from "./keyset.ts";
import { conditionsOf, wayOf } from "./list-filters.ts";
import type { Reader } from "./read.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { conversationRow } from "./view.ts";

type ListOrder = {
  /** What the view holds, in the words of its partial index. */
  where: string;
  order: string;
  /** Rows after a cursor; `$3…` are the cursor's parts. */
  after: string;
  shape: KeyKind[];
  keys: (conversation: ConversationRecord) => Keys;
  /** Read through the tags' own table: its order, and its rows after a cursor. */
  tagged?: true;
};

const newestFirst: Pick<ListOrder, "order" | "after" | "shape" | "keys"> = {
  order: "last_message_at DESC, id DESC",
  after: "(last_message_at, id) < ($3::timestamptz, $4::uuid)",
  shape: ["moment", "id"],
  keys: (c) => [c.lastMessageAt, c.id],
};

// What stands in "due_at" where no clock runs: after every moment that one can end at.
const noClock = "9999-12-31T23:59:59.999Z";

const dueFirst: Pick<ListOrder, "order" | "after" | "shape" | "keys"> = {
  order: "due_at, needed_since, id",
  after: "(due_at, needed_since, id) > ($3::text, $4::timestamptz, $5::uuid)",
  shape: ["moment", "moment", "id"],
  keys: (c) => [c.due?.at ?? noClock, neededSince(c), c.id],
};

// The same conversations as the view's own words name, in those of the index that is sorted by promise.
const duePlaces: Partial<Record<View, string>> = {
  unassigned: "needs_response AND head > 0 AND state = 'WAITING_HUMAN'",
};

const lists: Record<View, ListOrder> = {
  needs_response: {
    where: "needs_response AND head > 0",
    order: "waiting DESC, needed_since, id",
    // A row comparison needs one direction, so the first key stands apart.
    after:
      "(waiting < $3::boolean OR (waiting = $3::boolean AND (needed_since, id) > ($4::timestamptz, $5::uuid)))",
    shape: ["flag", "moment", "id"],
    keys: (c) => [c.state === "WAITING_HUMAN", neededSince(c), c.id],
  },
  unassigned: {
    where: "state = 'WAITING_HUMAN' AND snoozed_until IS NULL",
    order: "waiting_since, id",
    after: "(waiting_since, id) > ($3::timestamptz, $4::uuid)",
    shape: ["moment", "id"],
    keys: (c) => [c.waitingSince ?? c.stateSince, c.id],
  },
  waiting_customer: {
    where: "state = 'WITH_HUMAN' AND NOT needs_response AND snoozed_until IS NULL",
    ...newestFirst,
  },
  snoozed: {
    where: "snoozed_until IS NOT NULL",
    order: "snoozed_until, id",
    after: "(snoozed_until, id) > ($3::timestamptz, $4::uuid)",
    shape: ["moment", "id"],
    keys: (c) => [c.snoozedUntil ?? c.stateSince, c.id],
  },
  mine: { where: "operator_id = $2", ...newestFirst },
  all: {
    where: "head > 0",
    order: "waiting DESC, last_message_at DESC, id DESC",
    after: "(waiting, last_message_at, id) < ($3::boolean, $4::timestamptz, $5::uuid)",
    shape: ["flag", "moment", "id"],
    keys: (c) => [c.state === "WAITING_HUMAN", c.lastMessageAt, c.id],
  },
  ai: { where: "state = 'ACTIVE' AND head > 0", ...newestFirst },
  resolved: { where: "state IN ('RESOLVED', 'ABANDONED') AND head > 0", ...newestFirst },
};

/**
 * One page of an inbox view by key, with the counts of all views and the place where the live stream goes on. What has
 * no end (all, ai, resolved) is newest first where it is narrowed by tag, operator, contact or channel; what needs a person
 * can be asked for by the promise that ends first.
 */
export async function listConversations(
  who: Reader & { userId?: string },
  query: { view: View; sort?: ListSort; cursor?: string; limit: number } & ListFilters,
): Promise<ConversationPage> {
  const list = listOf(query);
  const keys = query.cursor === undefined ? [] : decodeKeys(query.cursor, list.shape);
  const cursor = await oldestRunningTransaction();
  const operatorId = who.userId ?? "00000000-0000-0000-0000-000000000000";
  const values: unknown[] = [who.companyId, operatorId, ...keys];
  const conditions = [
    list.where,
    ...(keys.length === 0 ? [] : [list.after]),
    ...conditionsOf(query, (value) => `$${values.push(value)}`),
  ];
  const [page] = await read<{
    rows: Record<string, unknown>[] | null;
    counts: Record<string, number> | null;
  }>(
    who.companyId,
    `WITH listed AS MATERIALIZED (
       SELECT c.* FROM conversation c
       ${list.tagged === undefined ? "" : `JOIN ${taggedWith(values.push(query.tag))} ON tagged_id = c.id`}
       WHERE company_id = $1 AND $2::uuid IS NOT NULL AND ${conditions.join(" AND ")}
       ORDER BY ${list.tagged === undefined ? list.order : "tagged_at DESC, tagged_id DESC"} LIMIT ${query.limit + 1}
     )
     SELECT (SELECT jsonb_agg(to_jsonb(listed) || jsonb_build_object('contact_name', k.name, 'agent_name', a.name,
                      'operator_name', u.name, 'operator_image', u.image,
                      'undelivered', undelivered_of(listed.thread_id, listed.id)) ORDER BY ${list.order.replaceAll(/\b(waiting|waiting_since|snoozed_until|needed_since|last_message_at|due_at|id)\b/g, "listed.$1")})
             FROM listed
             JOIN contact k ON k.company_id = $1 AND k.id = listed.contact_id
             JOIN agent a ON a.company_id = $1 AND a.id = listed.agent_id
             LEFT JOIN "user" u ON u.id = listed.operator_id) AS rows,
            (SELECT jsonb_object_agg(name, total) FROM (
               SELECT name, sum(value) AS total FROM counter
               WHERE company_id = $1 AND name = ANY(ARRAY['needs_response', 'unassigned', 'waiting_customer', 'snoozed', 'all', 'ai',
                 'resolved', 'mine:' || $2::text])
               GROUP BY name) AS counted) AS counts`,
    values,
  );
  const records = (page?.rows ?? []).map(conversationRecord);
  const shown = records.slice(0, query.limit);
  const last = shown.at(-1);
  const count = (name: string) => Math.max(0, Number(page?.counts?.[name] ?? 0));
  return {
    rows: shown.map(conversationRow),
    next: records.length > query.limit && last !== undefined ? encodeKeys(list.keys(last)) : undefined,
    counts: {
      needs_response: count("needs_response"),
      mine: count(`mine:${operatorId}`),
      unassigned: count("unassigned"),
      waiting_customer: count("waiting_customer"),
      snoozed: count("snoozed"),
      all: count("all"),
      ai: count("ai"),
      resolved: count("resolved"),
    },
    cursor: `o${cursor}`,
  };
}

function listOf(query: { view: View; sort?: ListSort } & ListFilters): ListOrder {
  const list = lists[query.view];
  if (query.sort === "due" && dueViews.includes(query.view))
    return { ...list, where: duePlaces[query.view] ?? list.where, ...dueFirst };
  switch (wayOf(query.view, query)) {
    case "view":
      return list;
    case "time":
      return { ...list, ...newestFirst };
    case "tag":
      return {
        ...list,
        ...newestFirst,
        after: "(tagged_at, tagged_id) < ($3::timestamptz, $4::uuid)",
        tagged: true,
      };
  }
}

function neededSince(c: ConversationRecord): string {
  return c.state === "WAITING_HUMAN" ? (c.waitingSince ?? c.stateSince) : c.lastMessageAt;
}

function taggedWith(place: number): string {
  return `(SELECT conversation_id AS tagged_id, last_message_at AS tagged_at FROM conversation_tag
           WHERE company_id = $1 AND tag = $${place}) AS tagged`;
}

import type { ConversationPage, View } from "#contracts/operator";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { oldestRunningTransaction } from "#lib/sweeps";
import type { Reader } from "./read.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { conversationRow } from "./view.ts";

type Keys = (string | boolean)[];

type KeyKind = "flag" | "moment" | "id";

type ListOrder = {
  /** What the view holds, in the words of its partial index. */
  where: string;
  order: string;
  /** Rows after a cursor; `$3…` are the cursor's parts. */
  after: string;
  shape: KeyKind[];
  keys: (conversation: ConversationRecord) => Keys;
};

const newestFirst: Pick<ListOrder, "order" | "after" | "shape" | "keys"> = {
  order: "last_message_at DESC, id DESC",
  after: "(last_message_at, id) < ($3::timestamptz, $4::uuid)",
  shape: ["moment", "id"],
  keys: (c) => [c.lastMessageAt, c.id],
};

const lists: Record<View, ListOrder> = {
  needs_response: {
    where: "needs_response AND head > 0",
    order: "waiting DESC, needed_since, id",
    // A row comparison needs one direction, so the first key stands apart.
    after:
      "(waiting < $3::boolean OR (waiting = $3::boolean AND (needed_since, id) > ($4::timestamptz, $5::uuid)))",
    shape: ["flag", "moment", "id"],
    keys: (c) => [
      c.state === "WAITING_HUMAN",
      c.state === "WAITING_HUMAN" ? (c.waitingSince ?? c.stateSince) : c.lastMessageAt,
      c.id,
    ],
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

/** One page of an inbox view by key, with the counts of all views and the place where the live stream goes on. */
export async function listConversations(
  who: Reader & { userId?: string },
  query: { view: View; cursor?: string; limit: number },
): Promise<ConversationPage> {
  const list = lists[query.view];
  const keys = query.cursor === undefined ? [] : decodeCursor(query.cursor, list);
  const cursor = await oldestRunningTransaction();
  const operatorId = who.userId ?? "00000000-0000-0000-0000-000000000000";
  const [page] = await read<{
    rows: Record<string, unknown>[] | null;
    counts: Record<string, number> | null;
  }>(
    who.companyId,
    `WITH listed AS MATERIALIZED (
       SELECT c.* FROM conversation c
       WHERE company_id = $1 AND $2::uuid IS NOT NULL AND ${list.where}
         ${keys.length === 0 ? "" : `AND ${list.after}`}
       ORDER BY ${list.order} LIMIT ${query.limit + 1}
     )
     SELECT (SELECT jsonb_agg(to_jsonb(listed) || jsonb_build_object('contact_name', k.name, 'agent_name', a.name,
                      'operator_name', u.name, 'operator_image', u.image) ORDER BY ${list.order.replaceAll(/\b(waiting|needed_since|last_message_at|id)\b/g, "listed.$1")})
             FROM listed
             JOIN contact k ON k.company_id = $1 AND k.id = listed.contact_id
             JOIN agent a ON a.company_id = $1 AND a.id = listed.agent_id
             LEFT JOIN "user" u ON u.id = listed.operator_id) AS rows,
            (SELECT jsonb_object_agg(name, total) FROM (
               SELECT name, sum(value) AS total FROM counter
               WHERE company_id = $1 AND name = ANY(ARRAY['needs_response', 'all', 'ai', 'resolved', 'mine:' || $2::text])
               GROUP BY name) AS counted) AS counts`,
    [who.companyId, operatorId, ...keys],
  );
  const records = (page?.rows ?? []).map(conversationRecord);
  const shown = records.slice(0, query.limit);
  const last = shown.at(-1);
  const count = (name: string) => Math.max(0, Number(page?.counts?.[name] ?? 0));
  return {
    rows: shown.map(conversationRow),
    next: records.length > query.limit && last !== undefined ? encodeCursor(list.keys(last)) : undefined,
    counts: {
      needs_response: count("needs_response"),
      mine: count(`mine:${operatorId}`),
      all: count("all"),
      ai: count("ai"),
      resolved: count("resolved"),
    },
    cursor: `o${cursor}`,
  };
}

function encodeCursor(keys: Keys): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

function decodeCursor(cursor: string, list: ListOrder): Keys {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(keys) &&
      keys.length === list.shape.length &&
      keys.every((key, at) => isKey(key, list.shape[at]))
    )
      return keys;
  } catch {
    // Falls through to the same answer as a well-formed cursor of another list.
  }
  throw new AppError("invalid", "This page marker is not one of ours: open the list anew.");
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Postgres must never be handed what it cannot read as the type of the key.
function isKey(value: unknown, kind: KeyKind | undefined): boolean {
  if (kind === "flag") return typeof value === "boolean";
  if (typeof value !== "string") return false;
  return kind === "id" ? uuid.test(value) : moment.test(value) && !Number.isNaN(Date.parse(value));
}

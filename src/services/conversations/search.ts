import type { z } from "zod";
import type { ContactHit, ConversationHit, SearchPage, SearchQuery } from "#contracts/search";
import { read } from "#lib/db";
import { decodeKeys, encodeKeys } from "./keyset.ts";
import { conditionsOf } from "./list-filters.ts";
import type { Reader } from "./read.ts";
import { conversationRecord, moment } from "./record.ts";
import { begun, countsOf, exactly, type Field, type Found, find, type Spot } from "./search-find.ts";
import { excerpt, mark } from "./search-marks.ts";
import { termsOf } from "./search-words.ts";
import { conversationRow, customerName } from "./view.ts";

type Query = z.output<typeof SearchQuery>;

/** Whole words are found first, then those that the last one begins. */
const phases = ["exact", "begun"] as const;

/** What comes before everything there is. */
const start: Spot = { at: "9999-12-31T23:59:59.999Z", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/** One page of conversations, or contacts, in which all words stand; the last one may be only begun. Throws `invalid` for a marker of another list. */
export async function search(who: Reader, query: Query): Promise<SearchPage> {
  const terms = termsOf(query.q);
  const { found, next } = await findTerms(fieldOf(who.companyId, query), terms, query);
  return query.kind === "contacts"
    ? { kind: "contacts", hits: await contactHits(who, found, terms), next }
    : { kind: "conversations", hits: await conversationHits(who, found, terms), next };
}

function fieldOf(companyId: string, query: Query): Field {
  if (query.kind === "contacts") return { companyId, table: "contact_word", id: "contact_id", seq: "0" };
  const words = { companyId, table: "conversation_word", id: "conversation_id", seq: "seq" } as const;
  if (conditionsOf(query, () => "").length === 0) return words;
  return {
    ...words,
    also: (place) =>
      `SELECT FROM conversation c WHERE c.company_id = $1 AND c.id = d.id AND ${conditionsOf(query, place).join(" AND ")}`,
  };
}

async function findTerms(
  field: Field,
  terms: string[],
  { cursor, limit }: Query,
): Promise<{ found: Found[]; next: string | undefined }> {
  const place = cursor === undefined ? { phase: 0, spot: undefined } : placeOf(cursor);
  const last = terms.at(-1);
  if (last === undefined) return { found: [], next: undefined };
  const whole = terms.map(exactly);
  const counts = await countsOf(field, [...whole, begun(last)]);
  const found: Found[] = [];
  for (let phase = place.phase; phase < phases.length; phase += 1) {
    if (found.length === limit) return { found, next: markerOf(phase, start) };
    const after = phase === place.phase ? place.spot : undefined;
    const page = { after, limit: limit - found.length };
    const more =
      phases[phase] === "exact"
        ? await find(field, { ...page, ranges: whole }, counts.slice(0, -1))
        : await find(
            field,
            { ...page, ranges: [...whole.slice(0, -1), begun(last)], without: exactly(last) },
            [...counts.slice(0, -2), ...counts.slice(-1)],
          );
    found.push(...more.found);
    if (more.next !== undefined) return { found, next: markerOf(phase, more.next) };
  }
  return { found, next: undefined };
}

function markerOf(phase: number, { at, id }: Spot): string {
  return encodeKeys([phase, at, id]);
}

function placeOf(cursor: string): { phase: number; spot: Spot } {
  const [phase, at, id] = decodeKeys(cursor, ["number", "moment", "id"]);
  return { phase: Math.max(0, Number(phase)), spot: { at: String(at), id: String(id) } };
}

type FoundRow = {
  found: Record<string, unknown>;
  id: string | null;
  seq: number;
  kind: ConversationHit["row"]["lastAuthor"] & string;
  authorId: string | null;
  authorName: string | null;
  audience: "all" | "operators";
  text: string;
  at: Date;
};

async function conversationHits(who: Reader, found: Found[], terms: string[]): Promise<ConversationHit[]> {
  const rows = await read<FoundRow>(
    who.companyId,
    `SELECT to_jsonb(c) || conversation_names(c) AS found, m.id, m.seq, m.author_kind AS kind, m.author_id AS "authorId",
            m.author_name AS "authorName", m.audience, m.text, m.created_at AS at
     FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS asked (id, seq, n)
     JOIN conversation c ON c.company_id = $1 AND c.id = asked.id
     LEFT JOIN message m ON m.company_id = $1 AND m.conversation_id = asked.id AND m.seq = asked.seq ORDER BY n`,
    [who.companyId, found.map(({ id }) => id), found.map(({ seq }) => seq)],
  );
  return rows.map(({ found: record, ...message }) => {
    const row = conversationRow(conversationRecord(record));
    return { row, name: mark(row.customer.name, terms), message: messageOf(message, terms) };
  });
}

function messageOf(row: Omit<FoundRow, "found">, terms: string[]): ConversationHit["message"] {
  if (row.id === null) return undefined;
  const { id, seq, kind, authorId, authorName, audience, text, at } = row;
  return {
    id,
    seq,
    author: { kind, id: authorId ?? undefined, name: authorName ?? undefined },
    audience,
    excerpt: excerpt(text, terms),
    createdAt: moment(at),
  };
}

type ContactRow = { id: string; name: string; email: string | null; channels: string[]; lastSeenAt: Date };

async function contactHits(who: Reader, found: Found[], terms: string[]): Promise<ContactHit[]> {
  const rows = await read<ContactRow>(
    who.companyId,
    `SELECT k.id, k.name, k.email, coalesce(theirs.channels, '{}') AS channels,
            greatest(k.last_seen_at, theirs.last_message_at) AS "lastSeenAt"
     FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (id, n)
     JOIN contact k ON k.company_id = $1 AND k.id = asked.id
     CROSS JOIN LATERAL (
       SELECT array_agg(DISTINCT c.channel) AS channels, max(c.last_message_at) AS last_message_at
       FROM conversation c WHERE c.company_id = $1 AND c.contact_id = k.id
     ) theirs ORDER BY n`,
    [who.companyId, found.map(({ id }) => id)],
  );
  return rows.map(({ id, name, email, channels, lastSeenAt }) => {
    const contact = {
      id,
      name: customerName({ id, name }),
      email: email ?? undefined,
      channels,
      lastSeenAt: moment(lastSeenAt),
    };
    return {
      contact,
      name: mark(contact.name, terms),
      email: email === null ? undefined : mark(email, terms),
    };
  });
}

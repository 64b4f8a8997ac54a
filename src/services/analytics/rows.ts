import type { FactRow, RowsPage, RowsQuery } from "#contracts/analytics";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { customerName } from "#services/conversations";
import { calendarOf } from "./calendar.ts";
import { daysOf, rangeOf } from "./days.ts";
import { measuredIn, narrowedTo, splitBy, Values } from "./narrow.ts";
import { numberOf } from "./numbers/registry.ts";
import { filtersOf } from "./report.ts";

type Key = { value: number; at: string; id: string; seq: number };
type Row = Omit<FactRow, "customer" | "operator" | "value" | "comment" | "at"> & {
  contactId: string;
  customer: string;
  operator: string | null;
  value: number | null;
  comment: string | null;
  at: Date;
  seq: number;
};

/** One page of the rows that a number rests on, by key; chosen by the same conditions as the number itself. */
export async function factRows(
  who: { companyId: string },
  query: RowsQuery,
  now = new Date(),
): Promise<RowsPage> {
  const { companyId } = who;
  const number = numberOf(query.number);
  const zone = query.zone ?? (await calendarOf(companyId)).zone;
  const days = daysOf(rangeOf(query, zone, now), zone);
  const values = new Values();
  const company = values.add(companyId);
  const { key, join } = splitBy(query.by, number, values);
  const value = `coalesce(${measuredIn(number, query.clock)?.column ?? "NULL::integer"}, -1)`;
  const conditions = [
    `f.company_id = ${company}`,
    `f.at >= ${values.add(days[0]?.start, "timestamptz")} AND f.at < ${values.add(days.at(-1)?.end, "timestamptz")}`,
    narrowedTo(filtersOf(query), values),
    number.where,
    ...(query.by === undefined ? [] : [`${key} = ${values.add(query.part ?? "")}`]),
    ...hourConditions(query, zone, values),
    ...afterCursor(query, value, values),
  ];
  const order =
    query.sort === "largest" ? "value DESC, at DESC, id DESC, seq DESC" : "at DESC, id DESC, seq DESC";
  const rows = await read<Row & { id: string }>(
    companyId,
    `WITH picked AS MATERIALIZED (
       SELECT f.conversation_id AS id, f.seq, f.at, ${value} AS value, ${number.hits ?? "true"} AS counts, f.operator_id,
              ${number.source.comment ?? "NULL::text"} AS comment
       FROM ${number.source.from} AS f ${join} WHERE ${conditions.join(" AND ")}
       ORDER BY ${order} LIMIT ${query.limit + 1}
     )
     SELECT p.id AS "conversationId", p.id, p.seq, p.at, nullif(p.value, -1) AS value, coalesce(p.counts, false) AS counts, p.comment,
            k.id AS "contactId", k.name AS customer, c.channel, c.topic, c.state, c.snippet, u.name AS operator
     FROM picked p JOIN conversation c ON c.company_id = ${company} AND c.id = p.id
     JOIN contact k ON k.company_id = ${company} AND k.id = c.contact_id
     LEFT JOIN "user" u ON u.id = p.operator_id
     ORDER BY ${order.replaceAll(/\b(value|at|id|seq)\b/g, "p.$1")}`,
    values.all,
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(rowOf),
    next: rows.length > query.limit && last !== undefined ? encode(last) : undefined,
  };
}

function rowOf(row: Row): FactRow {
  const {
    conversationId,
    contactId,
    customer,
    channel,
    topic,
    state,
    snippet,
    operator,
    at,
    value,
    counts,
    comment,
  } = row;
  return {
    conversationId,
    customer: customerName({ id: contactId, name: customer }),
    channel,
    topic,
    state,
    snippet,
    operator: operator ?? undefined,
    at: at.toISOString(),
    value: value ?? undefined,
    counts,
    comment: comment ?? undefined,
  };
}

function hourConditions({ weekday, hour }: RowsQuery, zone: string, values: Values): string[] {
  if (weekday === undefined && hour === undefined) return [];
  const local = `(f.at AT TIME ZONE ${values.add(zone, "text")})`;
  return [
    ...(weekday === undefined
      ? []
      : [`extract(isodow FROM ${local}) = ${values.add(weekday + 1, "integer")}`]),
    ...(hour === undefined ? [] : [`extract(hour FROM ${local}) = ${values.add(hour, "integer")}`]),
  ];
}

function afterCursor({ cursor, sort }: RowsQuery, value: string, values: Values): string[] {
  if (cursor === undefined) return [];
  const key = decode(cursor);
  const place = `${values.add(key.at, "timestamptz")}, ${values.add(key.id, "uuid")}, ${values.add(key.seq, "integer")}`;
  if (sort === "newest") return [`(f.at, f.conversation_id, f.seq) < (${place})`];
  return [`(${value}, f.at, f.conversation_id, f.seq) < (${values.add(key.value, "integer")}, ${place})`];
}

function encode({ value, at, id, seq }: Row & { id: string }): string {
  const key: Key = { value: value ?? -1, at: at.toISOString(), id, seq };
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Postgres must never be handed what it cannot read as the type of the key.
function decode(cursor: string): Key {
  try {
    const key = JSON.parse(Buffer.from(cursor, "base64url").toString()) as Partial<
      Record<keyof Key, unknown>
    >;
    const { value, at, id, seq } = key;
    if (isInteger(value) && isInteger(seq) && isMoment(at) && typeof id === "string" && uuid.test(id)) {
      return { value, at, id, seq };
    }
  } catch {
    // Falls through to the same answer as a well-formed cursor of another list.
  }
  throw new AppError("invalid", "This page marker is not one of ours: open the list anew.");
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) < 2_147_483_647;
}

function isMoment(value: unknown): value is string {
  return (
    typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
  );
}

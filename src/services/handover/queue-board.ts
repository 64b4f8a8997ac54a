import type { Due } from "#contracts/attributes";
import type { QueueBoard, QueueEntry } from "#contracts/desk";
import { isOpen, nextChange } from "#contracts/open-time";
import { read } from "#lib/db";
import { customerName } from "#services/conversations";
import { listDeskOperators } from "./desk-operators.ts";
import { readHours } from "./hours.ts";
import { estimate, readPace } from "./wait-estimate.ts";

const mostShown = 100;

/** The queue of a company as it is now: who waits, who is there for them, and whether the doors are open. */
export async function queueBoard(companyId: string, now = new Date()): Promise<QueueBoard> {
  const [rows, [total], operators, pace, { company: hours }] = await Promise.all([
    read<Row>(
      companyId,
      `SELECT c.id, k.id AS "contactId", k.name, c.channel, c.topic, c.waiting_since AS since, c.team_id AS "teamId", c.skills,
              c.language, c.due, a.operator_id AS "offeredTo", u.name AS "offeredName", u.image AS "offeredImage", a.until
       FROM conversation c JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id
       LEFT JOIN acceptance a ON a.company_id = $1 AND a.conversation_id = c.id AND a.epoch = c.epoch AND a.until > $2
         AND a.routing_version = (SELECT version FROM routing WHERE company_id = $1)
       LEFT JOIN "user" u ON u.id = a.operator_id
       WHERE c.company_id = $1 AND c.state = 'WAITING_HUMAN' ORDER BY c.waiting_since, c.id LIMIT $3`,
      [companyId, now, mostShown],
    ),
    read<{ waiting: number }>(
      companyId,
      "SELECT coalesce(sum(value), 0)::int AS waiting FROM counter WHERE company_id = $1 AND name = 'waiting'",
      [companyId],
    ),
    listDeskOperators(companyId, now),
    readPace(companyId),
    readHours(companyId),
  ]);
  return {
    waiting: Math.max(rows.length, total?.waiting ?? 0),
    entries: rows.map((row, ahead) => entry(row, ahead, estimate(pace.past, { ahead, staff: pace.staff }))),
    operators,
    hours: hours && {
      open: isOpen(hours, now),
      changesAt: nextChange(hours, now)?.toISOString(),
      timeZone: hours.timeZone,
    },
    at: now.toISOString(),
  };
}

type Row = {
  id: string;
  contactId: string;
  name: string;
  channel: string;
  topic: string;
  since: Date;
  teamId: string | null;
  skills: string[];
  language: string | null;
  due: Due | null;
  offeredTo: string | null;
  offeredName: string | null;
  offeredImage: string | null;
  until: Date | null;
};

function entry(row: Row, ahead: number, estimateMinutes: number | undefined): QueueEntry {
  return {
    conversationId: row.id,
    customer: customerName({ id: row.contactId, name: row.name }),
    channel: row.channel,
    topic: row.topic,
    position: ahead + 1,
    since: row.since.toISOString(),
    estimateMinutes,
    teamId: row.teamId ?? undefined,
    skills: row.skills,
    language: row.language ?? undefined,
    due: row.due ?? undefined,
    offered: offerOf(row),
  };
}

function offerOf({ offeredTo, offeredName, offeredImage, until }: Row): QueueEntry["offered"] {
  if (until === null) return undefined;
  const operator =
    offeredTo === null
      ? undefined
      : { id: offeredTo, name: offeredName ?? "Support", image: offeredImage ?? undefined };
  return { operator, until: until.toISOString() };
}

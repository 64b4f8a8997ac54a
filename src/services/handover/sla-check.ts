import { isDeepStrictEqual } from "node:util";
import type { State } from "#contracts/conversation";
import type { Schedule } from "#contracts/office-hours";
import { type Tx, withCompany } from "#lib/db";
import { isAppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import { type Hours, hoursOfTeam, readHours } from "./hours.ts";
import { keepClocks } from "./sla-clocks.ts";
import { readOn, type SlaEntry, SlaFacts } from "./sla-facts.ts";
import { measure, nearest, nextLook, policyFor } from "./sla-measure.ts";
import { enabledPolicies, type SlaPolicy } from "./sla-policies.ts";

type Place = { companyId: string; conversationId: string };

/**
 * Brings a conversation's clocks up to its log: which run, were met or broken, and what is due next. Alerts and the next
 * look are jobs of the same commit; done twice it changes nothing.
 */
export async function checkClocks(place: Place, now = new Date()): Promise<void> {
  const conversation = await existing(place);
  if (conversation === undefined) return;
  const [policies, hours] = await Promise.all([enabledPolicies(place.companyId), readHours(place.companyId)]);
  const policy = policyFor(policies, conversation);
  const schedule = policy && scheduleOf(policy, hours, conversation);
  const clocks = await withCompany(place.companyId, async (tx) => {
    const facts = await readLog(tx, place);
    const measured = policy === undefined ? [] : facts.clocks.flatMap(underPolicy(policy, schedule, now));
    await keepClocks(tx, conversation, { policy, measured, now });
    const runAt = nextLook(measured, schedule, now);
    const key = `sla-at:${place.conversationId}`;
    // One look after the other: what an earlier one found must not be shown after a later one's.
    const queue = `sla:${place.conversationId}`;
    if (runAt !== undefined) await addJobWithin(tx, "sla.check", place, { runAt, key, queue });
    return measured;
  });
  await showDue(conversation, nearest(clocks, schedule, now), now);
}

/** Looks at the clocks of everything that is open in a company, because policies or hours have changed. */
export async function recheckClocks({ companyId, after }: { companyId: string; after?: string | undefined }) {
  await withCompany(companyId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id, graphile_worker.add_job('sla.check', json_build_object('companyId', company_id, 'conversationId', id),
                                         queue_name => 'sla:' || id, job_key => 'sla:' || id) IS NULL AS queued
      FROM (
        SELECT company_id, id FROM conversation
        WHERE company_id = ${companyId}::uuid AND (state = 'WAITING_HUMAN' OR operator_id IS NOT NULL)
          AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
        ORDER BY id LIMIT ${page}
      ) AS open ORDER BY id`;
    const last = rows.at(-1);
    if (rows.length < page || last === undefined) return;
    await addJobWithin(tx, "sla.recompute", { companyId, after: last.id });
  });
}

const page = 500;

async function existing({ companyId, conversationId }: Place): Promise<ConversationRecord | undefined> {
  try {
    return await findConversation({ companyId }, conversationId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

function scheduleOf(
  { hours: keeps }: SlaPolicy,
  hours: Hours,
  { teamId }: ConversationRecord,
): Schedule | undefined {
  if (keeps.kind === "always") return undefined;
  return keeps.kind === "schedule" ? hours.named.get(keeps.scheduleId) : hoursOfTeam(hours, teamId);
}

function underPolicy({ targets, createdAt }: SlaPolicy, schedule: Schedule | undefined, now: Date) {
  return (facts: SlaFacts["clocks"][number]) => {
    const over = facts.metAt ?? facts.endedAt;
    // What was over before the policy was made was promised to nobody.
    if (over !== undefined && over < createdAt.getTime()) return [];
    return measure(facts, { targets, schedule }, now) ?? [];
  };
}

/** Reads what the log holds since the last look; the row of the reading keeps two looks from mixing. */
async function readLog(tx: Tx, { companyId, conversationId }: Place): Promise<SlaFacts> {
  await tx.$executeRaw`INSERT INTO sla_reading (conversation_id, company_id)
    VALUES (${conversationId}::uuid, ${companyId}::uuid) ON CONFLICT (conversation_id) DO NOTHING`;
  const [row] = await tx.$queryRaw<{ seq: number; facts: unknown }[]>`
    SELECT seq, facts FROM sla_reading WHERE conversation_id = ${conversationId}::uuid FOR UPDATE`;
  const entries: SlaEntry[] = [];
  let seq = row?.seq ?? 0;
  let more = true;
  while (more) {
    const rows = await entriesAfter(tx, conversationId, seq);
    entries.push(...rows.flatMap(entryOf));
    seq = rows.at(-1)?.seq ?? seq;
    more = rows.length === page;
  }
  const facts = readOn(SlaFacts.parse(row?.facts ?? {}), entries);
  await tx.slaReading.update({ where: { conversationId }, data: { seq, facts } });
  return facts;
}

/** An entry of the log as it is read for clocks. */
export type EntryRow = {
  seq: number;
  type: string;
  state: State | null;
  snoozed: boolean;
  author: string | null;
  audience: string;
  at: Date;
};

function entriesAfter(tx: Tx, conversationId: string, seq: number): Promise<EntryRow[]> {
  return tx.$queryRaw<EntryRow[]>`
    SELECT e.seq, e.type, e.payload#>>'{state,state}' AS state, e.payload#>'{attributes,snoozedUntil}' IS NOT NULL AS snoozed,
           CASE WHEN m.data->>'kind' IS DISTINCT FROM 'spoken' THEN m.author_kind END AS author, e.audience, e.created_at AS at
    FROM event e LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.seq = e.seq
    WHERE e.conversation_id = ${conversationId}::uuid AND e.seq > ${seq} ORDER BY e.seq LIMIT ${page}`;
}

/** What clocks care for in an entry, if anything. */
export function entryOf({ type, state, snoozed, author, audience, at: moment }: EntryRow): SlaEntry[] {
  const at = moment.getTime();
  if (type === "state" && state !== null) return [{ type, at, state }];
  if (type === "attributes") return [{ type, at, snoozed }];
  // What operators write to each other answers no customer.
  if (audience !== "all" || (author !== "customer" && author !== "operator")) return [];
  return [{ type: author, at }];
}

async function showDue(
  conversation: ConversationRecord,
  due: ConversationRecord["due"],
  now: Date,
): Promise<void> {
  if (isDeepStrictEqual(plain(conversation.due), plain(due))) return;
  await append(conversation, { now, attributes: { due: due ?? null } });
}

// Absent and undefined are the same in a row.
function plain(due: ConversationRecord["due"]): unknown {
  return due === undefined ? undefined : JSON.parse(JSON.stringify(due));
}

import { z } from "zod";
import { read, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import { DeliveryFailure, type Dialled, dial, outsideOf, voiceSettings } from "#services/channels";
import { noteError, openConnection } from "#services/connections";
import { type CallNews, type Job, logCall } from "#services/conversations";
import { callVariable } from "./call-place.ts";
import { callPolicy } from "./call-policy.ts";
import { findLead } from "./leads.ts";
import { refusalOf } from "./may-call.ts";
import { phoneMemory } from "./memory.ts";
import { holderOf } from "./phone-holder.ts";
import { voiceVariables } from "./voice-variables.ts";
import { watchSoon } from "./watch-call.ts";

export const DialJob = z.object({ companyId: z.uuid(), callId: z.uuid() });
type DialJob = z.output<typeof DialJob>;

/** Nobody expects a call any more that was asked for so long ago. */
const patience = 10 * 60_000;
const pauseSeconds = 15;

/** Has the voice agent make a call that was asked for, in the commit that asks. */
export function dialSoon(job: DialJob): Job {
  return { task: "call.dial", payload: job, key: `dial:${job.callId}`, maxAttempts: 25 };
}

type Asked = {
  conversationId: string;
  connectionId: string;
  leadId: string;
  number: string;
  status: string;
  outcome: string | null;
  context: string | null;
  dialledAt: Date | null;
  createdAt: Date;
};

/**
 * Makes a call that was asked for, once: what may ring already is not dialled again, whatever became of the process that
 * did it. What has come between, a person, quiet hours, a STOP, is looked at once more.
 */
export async function dialCall(job: DialJob, now = new Date()): Promise<void> {
  const call = await askedCall(job);
  if (call === undefined || call.status !== "queued" || call.outcome !== null) return;
  const end = (news: Partial<CallNews>) => note(job, call, news, { now });
  if (call.dialledAt !== null) return noteUnknown(job, call, now);
  const against = await obstacle(job, call, now);
  if (against !== undefined) return end({ status: "canceled", endedAt: now, failureReason: against });
  // Whatever may fail of ours fails before it is marked, and is tried again.
  const connection = await openConnection(job.companyId, call.connectionId);
  const wanted = await wantedCall(job, call);
  if (!(await beginDialling(job, now))) return;
  try {
    const dialled = await dial(wanted, voiceSettings.parse(connection.config), outsideOf("sms"));
    await noteDialled(job, call, dialled, now);
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    if (error.kind === "unknown") return noteUnknown(job, call, now);
    if (error.kind === "passing") return later(job, error, now);
    // Messages go another way: a key that is wrong here must not stop them.
    if (error.kind === "revoked") await noteError(connection, error.message, now);
    await end({ status: "failed", endedAt: now, outcome: "failure", failureReason: error.message });
  }
}

async function askedCall({ companyId, callId }: DialJob): Promise<Asked | undefined> {
  const [row] = await read<Asked>(
    companyId,
    `SELECT p.conversation_id AS "conversationId", p.connection_id AS "connectionId", p.lead_id AS "leadId",
            l.phone_number AS number, p.status, p.outcome, p.context, p.dialled_at AS "dialledAt", p.created_at AS "createdAt"
     FROM phone_call p JOIN lead l ON l.company_id = p.company_id AND l.id = p.lead_id
     WHERE p.company_id = $1 AND p.id = $2`,
    [companyId, callId],
  );
  return row;
}

/** What has come between asking for a call and making it, in words; undefined where nothing has. */
async function obstacle({ companyId }: DialJob, call: Asked, now: Date): Promise<string | undefined> {
  if (now.getTime() - call.createdAt.getTime() > patience) return "It could not be made in time.";
  const [policy, lead, holder] = await Promise.all([
    callPolicy(companyId),
    findLead({ companyId }, { leadId: call.leadId }),
    holderOf(companyId, call.number),
  ]);
  if (holder !== undefined) return `${holder.name} took over before the phone rang.`;
  return refusalOf(policy, lead, now)?.words;
}

/** Marks a call as dialled, before anything rings; false where somebody else did. */
async function beginDialling({ companyId, callId }: DialJob, now: Date): Promise<boolean> {
  const { count } = await withCompany(companyId, (tx) =>
    tx.phoneCall.updateMany({
      where: { companyId, id: callId, status: "queued", dialledAt: null },
      data: { dialledAt: now },
    }),
  );
  return count === 1;
}

/** Whom to call, and what the voice agent is to know. */
async function wantedCall({ companyId, callId }: DialJob, { number, context }: Asked) {
  const memory = await phoneMemory(companyId, number);
  const about = context ?? undefined;
  const variables = {
    ...voiceVariables(memory, { companyId, number, context: about }),
    ...(about !== undefined && { call_context: about }),
    [callVariable]: callId,
  };
  return { to: number, variables };
}

async function noteDialled(job: DialJob, call: Asked, { voiceConversationId, callSid }: Dialled, now: Date) {
  await note(job, call, { voiceConversationId, callSid }, { now, jobs: [watchSoon(job, now)] });
}

async function noteUnknown(job: DialJob, call: Asked, now: Date): Promise<void> {
  const failureReason = "It is not known whether the phone rang: ElevenLabs did not answer.";
  const news = { outcome: "unknown", failureReason } as const;
  await note(job, call, news, { now, jobs: [watchSoon(job, now)] });
}

/** Nothing rang: it may be dialled once more, when ElevenLabs asks for it or a little later. */
async function later({ companyId, callId }: DialJob, { retryAfter }: DeliveryFailure, now: Date) {
  const runAt = new Date(now.getTime() + (retryAfter ?? pauseSeconds) * 1_000);
  await withCompany(companyId, async (tx) => {
    await tx.phoneCall.updateMany({ where: { companyId, id: callId }, data: { dialledAt: null } });
    await addJobWithin(tx, "call.dial", { companyId, callId }, { runAt, key: `dial:${callId}` });
  });
}

async function note(
  { companyId, callId: id }: DialJob,
  { connectionId, leadId, conversationId }: Asked,
  news: Partial<CallNews>,
  { now, jobs = [] }: { now: Date; jobs?: Job[] },
): Promise<void> {
  const call = { id, connectionId, leadId, direction: "outbound", status: "queued", ...news } as const;
  await logCall(companyId, conversationId, { now, call, jobs });
}

import { z } from "zod";
import { type CallStatus, isLive } from "#contracts/calls";
import { read, withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import { log } from "#lib/log";
import {
  DeliveryFailure,
  outsideOf,
  type VoiceSettings,
  voiceConversation,
  voiceSettings,
} from "#services/channels";
import { type OpenConnection, openConnection } from "#services/connections";
import { type Job, logCall } from "#services/conversations";
import { takeReport } from "./post-call.ts";

export const CallJob = z.object({ companyId: z.uuid(), callId: z.uuid() });
type CallJob = z.output<typeof CallJob>;

const second = 1_000;
const minute = 60 * second;
/** No call lasts longer, as far as anybody waits for its end. */
const longest = 4 * 60 * minute;
/** So soon after it has learnt who calls the voice agent has taken the call. */
const firstLook = 4 * second;

/** Has a call looked after until its end is known. */
export function watchSoon(job: CallJob, now: Date): Job {
  const runAt = new Date(now.getTime() + firstLook);
  return { task: "call.watch", payload: job, key: `watch:${job.callId}`, runAt };
}

/**
 * Asks the voice agent's platform how far a call is, until its end is known: its webhook can be lost, and nobody calls back
 * while somebody speaks. A call whose end nobody tells ends as unknown after hours.
 */
export async function watchCall(job: CallJob, now = new Date()): Promise<void> {
  const call = await watched(job);
  if (call === undefined) return;
  const live = isLive(call.status);
  const age = now.getTime() - call.startedAt.getTime();
  // Of a call that nobody took there is nothing more to be told.
  const awaitsReport =
    call.status === "completed" && call.outcome === null && call.voiceConversationId !== null;
  if (!live && !awaitsReport) return;
  if (age > longest) {
    const failureReason = "Nobody told how this call ended.";
    if (live)
      await note(job, call, { status: "failed", outcome: "unknown", endedAt: now, failureReason }, now);
    return;
  }
  const isTaken = call.direction === "inbound" && call.status === "ringing";
  if (isTaken) await note(job, call, { status: "in_progress" }, now);
  const asked = await ask(job, call, now);
  if (asked === "over") return;
  const runAt =
    asked === "nobody" ? call.startedAt.getTime() + longest + second : now.getTime() + pauseAt(age);
  await withCompany(job.companyId, (tx) =>
    addJobWithin(tx, "call.watch", job, { runAt: new Date(runAt), key: `watch:${job.callId}` }),
  );
}

type Watched = {
  conversationId: string;
  connectionId: string;
  leadId: string;
  direction: "inbound" | "outbound";
  status: CallStatus;
  outcome: string | null;
  voiceConversationId: string | null;
  startedAt: Date;
};

async function watched({ companyId, callId }: CallJob): Promise<Watched | undefined> {
  const [row] = await read<Watched>(
    companyId,
    `SELECT conversation_id AS "conversationId", connection_id AS "connectionId", lead_id AS "leadId", direction, status,
            outcome, voice_conversation_id AS "voiceConversationId", started_at AS "startedAt"
     FROM phone_call WHERE company_id = $1 AND id = $2`,
    [companyId, callId],
  );
  return row;
}

type Asked = "over" | "going_on" | "nobody";

async function ask(job: CallJob, call: Watched, now: Date): Promise<Asked> {
  const { voiceConversationId } = call;
  const connection = await openConnection(job.companyId, call.connectionId);
  const settings = voiceSettings.parse(connection.config);
  if (voiceConversationId === null || settings.voiceApiKey === undefined) return "nobody";
  try {
    return await heard(job, call, { voiceConversationId, connection, settings, now });
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    log.warn({ code: error.code, channel: "sms" }, "A call could not be asked for");
    return error.kind === "passing" ? "going_on" : "nobody";
  }
}

type With = { voiceConversationId: string; connection: OpenConnection; settings: VoiceSettings; now: Date };

async function heard(job: CallJob, call: Watched, { voiceConversationId, ...given }: With): Promise<Asked> {
  const { connection, settings, now } = given;
  const { status, report } = await voiceConversation(voiceConversationId, settings, outsideOf("sms"));
  if (report !== undefined) {
    await takeReport(connection, report, now);
    return "over";
  }
  const answers = status === "in-progress" && (call.status === "queued" || call.status === "ringing");
  if (answers) await note(job, call, { status: "in_progress" }, now);
  return "going_on";
}

async function note(
  { companyId, callId: id }: CallJob,
  { conversationId, connectionId, leadId, direction }: Watched,
  news: { status: CallStatus; outcome?: "unknown"; endedAt?: Date; failureReason?: string },
  now: Date,
): Promise<void> {
  await logCall(companyId, conversationId, { now, call: { id, connectionId, leadId, direction, ...news } });
}

// Often while it rings, seldom in a long talk.
function pauseAt(age: number): number {
  if (age < minute) return 5 * second;
  return age < 10 * minute ? 15 * second : minute;
}

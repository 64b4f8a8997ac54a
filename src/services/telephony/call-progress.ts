import type { CallStatus } from "#contracts/calls";
import { isLive } from "#contracts/calls";
import { newId } from "#lib/ids";
import type { CallProgress } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { logCall } from "#services/conversations";
import { placeOf } from "./call-place.ts";
import { watchSoon } from "./watch-call.ts";

const reasons: Partial<Record<CallStatus, string>> = {
  busy: "The line was busy.",
  no_answer: "Nobody answered.",
  failed: "The call could not be put through.",
  canceled: "The call was canceled before anybody answered.",
};

/** Takes in how far a call came, in whatever order that is told. */
export async function takeProgress(
  connection: OpenConnection,
  { callSid, status, direction, customerNumber, durationSeconds, at }: CallProgress,
  now: Date,
): Promise<void> {
  const { companyId, id: connectionId } = connection;
  const place = await placeOf(connection, { callSid, direction, customerNumber }, now);
  // Who withholds their number is nobody's conversation; what they say is kept when the call is over.
  if (place === undefined) return;
  const id = place.id ?? newId(now.getTime());
  const ended = !isLive(status);
  await logCall(companyId, place.conversationId, {
    now,
    call: {
      id,
      connectionId,
      leadId: place.leadId,
      direction: place.direction,
      callSid,
      status,
      startedAt: at,
      answeredAt: status === "in_progress" ? at : undefined,
      endedAt: ended ? at : undefined,
      durationSeconds,
      failureReason: reasons[status],
    },
    jobs: place.id === undefined && !ended ? [watchSoon({ companyId, callId: id }, now)] : [],
  });
}

type Ringing = {
  callSid: string;
  voiceConversationId: string | undefined;
  caller: string | undefined;
  at: Date;
};

/** Takes in that a customer calls: the voice agent, once it knows who that is, takes the call. */
export async function takeRinging(
  connection: OpenConnection,
  { caller, at, ...ids }: Ringing,
  now: Date,
): Promise<void> {
  const { companyId, id: connectionId } = connection;
  const place = await placeOf(connection, { ...ids, direction: "inbound", customerNumber: caller }, now);
  if (place === undefined) return;
  const { leadId, direction } = place;
  const id = place.id ?? newId(now.getTime());
  const call = { id, connectionId, leadId, direction, ...ids, status: "ringing", startedAt: at } as const;
  const jobs = [watchSoon({ companyId, callId: id }, now)];
  await logCall(companyId, place.conversationId, { now, call, jobs });
}

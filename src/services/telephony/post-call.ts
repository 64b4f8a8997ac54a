import { newId } from "#lib/ids";
import type { CallReport } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { type CallNews, logCall } from "#services/conversations";
import { bringIn, judgeCall } from "./call-escalation.ts";
import { type CallPlace, placeOf } from "./call-place.ts";
import { keepStray } from "./stray-calls.ts";
import { summarySoon } from "./summaries.ts";
import { recordingAddress } from "./voice-addresses.ts";

type Spoken = Extract<CallReport, { kind: "spoken" }>;
type NotReached = Extract<CallReport, { kind: "not_reached" }>;

/** So many turns are written in one commit: others want to write into the conversation too. */
const turnsAtOnce = 200;

/**
 * Takes in what a voice agent's platform tells of a call that is over: its words, what came of it, and whether a person has
 * to go on. The same report again, or from the middle on after a crash, writes nothing twice.
 */
export async function takeReport(connection: OpenConnection, report: CallReport, now: Date): Promise<void> {
  const place = await placeOf(connection, report, now);
  if (place === undefined) return keepStray(connection, report, strangeness(report), now);
  if (report.kind === "not_reached") return takeNotReached(connection, place, report, now);
  return takeSpoken(connection, place, report, now);
}

function strangeness({ customerNumber }: CallReport): string {
  return customerNumber === undefined
    ? "It names no number: it did not come over the phone, or ElevenLabs left the number out."
    : "The customer's number is withheld, or none.";
}

function newsOf(
  { id: connectionId }: OpenConnection,
  { id, leadId, direction }: CallPlace,
  { callSid, voiceConversationId }: CallReport,
  now: Date,
) {
  return { id: id ?? newId(now.getTime()), connectionId, leadId, direction, callSid, voiceConversationId };
}

async function takeNotReached(
  connection: OpenConnection,
  place: CallPlace,
  report: NotReached,
  now: Date,
): Promise<void> {
  const { at, status, failureReason } = report;
  const call = { ...newsOf(connection, place, report, now), status, startedAt: at, endedAt: at };
  await logCall(connection.companyId, place.conversationId, {
    now,
    call: { ...call, outcome: "failure", failureReason },
  });
}

async function takeSpoken(
  connection: OpenConnection,
  { conversationId, ...place }: CallPlace,
  report: Spoken,
  now: Date,
): Promise<void> {
  const { companyId } = connection;
  const judged = await judgeCall({ companyId }, conversationId, report, now);
  const { startedAt, answeredAt } = report;
  const call = { ...newsOf(connection, { conversationId, ...place }, report, now), startedAt, answeredAt };
  const turns = report.turns.map((turn, n) => ({ ...turn, n }));
  const lastAt = Math.max(0, Math.ceil(turns.length / turnsAtOnce) - 1) * turnsAtOnce;
  for (let from = 0; from < lastAt; from += turnsAtOnce) {
    const some = turns.slice(from, from + turnsAtOnce);
    await logCall(companyId, conversationId, { now, call: { ...call, status: "in_progress" }, turns: some });
  }
  const end = `End of the call, after ${lengthOf(report.durationSeconds)}.`;
  const logged = await logCall(companyId, conversationId, {
    now,
    call: { ...call, ...endOf(call, report) },
    turns: turns.slice(lastAt),
    lines:
      judged.called === undefined
        ? []
        : [{ clientId: `call:${call.id}:end`, text: `${end} ${judged.decision.sentence}` }],
    jobs: [summarySoon(companyId, conversationId)],
  });
  await bringIn(logged.conversation, judged, now);
}

function endOf({ id }: { id: string }, report: Spoken): Pick<CallNews, "status"> & Partial<CallNews> {
  const { status, startedAt, durationSeconds, cost, outcome, failureReason, summary, recorded } = report;
  return {
    status,
    endedAt:
      durationSeconds === undefined ? undefined : new Date(startedAt.getTime() + durationSeconds * 1_000),
    durationSeconds: durationSeconds === undefined ? undefined : Math.round(durationSeconds),
    cost,
    outcome,
    failureReason,
    summary,
    recordingUrl: recorded ? recordingAddress(id) : undefined,
  };
}

function lengthOf(seconds = 0): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}

import type { OperatorRef } from "#contracts/conversation";
import { bus } from "#lib/bus";
import { newId } from "#lib/ids";
import { encodeFrame } from "#lib/sse";
import { oldestRunningTransaction } from "#lib/sweeps";
import {
  assignmentsTopic,
  findConversation,
  notificationsTopic,
  queue,
  type Ring,
} from "#services/conversations";
import { type CompanyFollower, followCompany, replayCompany } from "./company-feed.ts";
import { type Follower, follow, settle } from "./conversation-feed.ts";
import { enterOperator, presentOperators } from "./presence.ts";
import { cursorFrame, eventFrame, type StreamSink } from "./stream.ts";

export type OperatorStream = {
  companyId: string;
  /** Absent for API keys, which are nobody's presence. */
  operator: OperatorRef | undefined;
  watch: string | undefined;
  lastEventId: string | undefined;
  heartbeatSeconds: number;
  /** Calls back once the right to listen has ended; answers the way to stop watching. */
  onRevoked: (revoked: () => void) => () => void;
  /** The text of an answer that is being written in the watched conversation. */
  partial: (
    conversationId: string,
  ) => Promise<{ runId: string; messageId: string; text: string } | undefined>;
  /** Has the process that writes an answer tell all of it again, where that is another one. */
  retell: (runId: string) => void;
};

/**
 * Feeds an operator's window: everything durable of the company, rows of its lists, what is said to this operator, and
 * for the watched conversation also what is fleeting. Resumes from its cursor; too old a cursor gets `reset`.
 */
export async function openOperatorStream(sink: StreamSink, stream: OperatorStream): Promise<void> {
  const { companyId, operator, watch } = stream;
  // Another company's conversation is not found, before anything is followed.
  if (watch !== undefined) await findConversation({ companyId }, watch);
  const now = await oldestRunningTransaction();
  const since = parseCursor(stream.lastEventId);
  const follower: CompanyFollower = { sink, streamId: newId(), companyId, waiting: [] };
  followCompany(follower, now);
  const watching = watch === undefined ? undefined : watcher(follower, watch);
  if (watching !== undefined) follow(watching);
  if (operator !== undefined) listenAs(sink, operator.id);
  sink.onClose(stream.onRevoked(() => sink.close("revoked")));

  sink.write(cursorFrame(`o${since ?? now}`));
  sink.write(
    encodeFrame({
      event: "connected",
      data: {
        type: "connected",
        stream: "operator",
        streamId: follower.streamId,
        heartbeatSeconds: stream.heartbeatSeconds,
        time: new Date().toISOString(),
      },
    }),
  );
  if (operator !== undefined) sink.onClose(enterOperator(companyId, operator, watch));
  if (since === undefined) {
    const waiting = (await queue(companyId, 1_000)).length;
    const data = { type: "snapshot", cursor: `o${now}`, operators: presentOperators(companyId), waiting };
    sink.write(encodeFrame({ event: "snapshot", data }));
  }
  let from = since ?? now;
  while (!sink.closed && !(await replayCompany(follower, from))) {
    from = await oldestRunningTransaction();
    const data = { type: "reset", reason: "Too much has happened since." };
    sink.write(encodeFrame({ id: `o${from}`, event: "reset", data }));
  }
  if (watching !== undefined) {
    const partial = await stream.partial(watching.conversationId);
    settle(watching, partial);
    if (partial !== undefined) stream.retell(partial.runId);
  }
}

function watcher(follower: CompanyFollower, conversationId: string): Follower {
  return {
    sink: follower.sink,
    streamId: follower.streamId,
    companyId: follower.companyId,
    conversationId,
    audience: "operators",
    last: 0,
    catchingUp: false,
    opening: [],
    fleetingOnly: true,
  };
}

function listenAs(sink: StreamSink, operatorId: string): void {
  for (const topic of [notificationsTopic(operatorId), assignmentsTopic(operatorId)]) {
    const stop = bus().subscribe(topic, (message) => {
      sink.write(eventFrame((JSON.parse(message) as Ring).event));
    });
    sink.onClose(stop);
  }
}

function parseCursor(id: string | undefined): string | undefined {
  return id !== undefined && /^o\d{1,19}$/.test(id) ? id.slice(1) : undefined;
}

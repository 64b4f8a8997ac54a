import type { ConversationSnapshot } from "#contracts/events";
import { newId } from "#lib/ids";
import { encodeFrame } from "#lib/sse";
import { cursorOf, seqOf } from "#services/conversations";
import { type Follower, follow, replay, settle } from "./conversation-feed.ts";
import { enterCustomer } from "./presence.ts";
import { cursorFrame, type StreamSink } from "./stream.ts";
import { followTopics, type OtherTopics } from "./topic-bells.ts";

export type ConversationStream = {
  companyId: string;
  conversationId: string;
  audience: "all" | "operators";
  sessionId?: string;
  lastEventId: string | undefined;
  heartbeatSeconds: number;
  /** The conversation now, for a reader without a usable cursor. */
  snapshot: () => Promise<ConversationSnapshot>;
  /** Has the process that writes an answer tell all of it again, where that is another one. */
  retell: (runId: string) => void;
  /** The reader's other topics, of which their window tells beside this conversation. */
  others?: OtherTopics;
};

/**
 * Feeds a conversation's stream: the primed cursor, `connected`, then a snapshot or what is missing after the cursor,
 * then everything live. A reader whose cursor the log does not hold gets `reset` and a snapshot.
 */
export async function openConversationStream(sink: StreamSink, stream: ConversationStream): Promise<void> {
  const { companyId, conversationId, audience, sessionId } = stream;
  const cursor = seqOf(conversationId, stream.lastEventId);
  const follower: Follower = {
    sink,
    streamId: newId(),
    companyId,
    conversationId,
    audience,
    last: cursor ?? 0,
    // What is heard before the first frames are written is read from Postgres after them.
    catchingUp: true,
    opening: [],
    sessionId,
  };
  follow(follower);
  if (audience === "all") sink.onClose(enterCustomer(companyId, conversationId));
  const snapshot = await stream.snapshot();
  const lost = stream.lastEventId !== undefined && (cursor === undefined || cursor > snapshot.head);
  const fresh = cursor === undefined || lost;
  follower.last = fresh ? snapshot.head : cursor;
  sink.write(cursorFrame(cursorOf(conversationId, follower.last)));
  sink.write(
    encodeFrame({
      event: "connected",
      data: {
        type: "connected",
        stream: "conversation",
        streamId: follower.streamId,
        conversationId,
        heartbeatSeconds: stream.heartbeatSeconds,
        time: new Date().toISOString(),
      },
    }),
  );
  if (lost) {
    sink.write(
      encodeFrame({ event: "reset", data: { type: "reset", reason: "The log does not reach this cursor." } }),
    );
  }
  if (fresh) sink.write(encodeFrame({ event: "snapshot", data: { type: "snapshot", ...snapshot } }));
  follower.catchingUp = false;
  await replay(follower);
  settle(follower, fresh ? undefined : snapshot.run);
  if (stream.others !== undefined) followTopics(follower, stream.others);
  if (snapshot.run !== undefined) stream.retell(snapshot.run.runId);
}

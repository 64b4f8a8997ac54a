import type { DurableEvent } from "#contracts/events";
import type { TelephonyEvent } from "#contracts/telephony";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { encodeFrame } from "#lib/sse";
import { cursorOf, seqOf } from "#services/conversations";
import { isHeld, type StreamedLead, telephonyEvent } from "#services/telephony";
import { type Follower, follow, replay, settle } from "./conversation-feed.ts";
import { cursorFrame, type StreamSink } from "./stream.ts";
import { lookouts } from "./ticker.ts";

type History = Extract<TelephonyEvent, { type: "conversation_history" }>;

export type LeadStream = {
  companyId: string;
  lead: StreamedLead;
  conversationId: string;
  /** Begins with the history. */
  load: boolean;
  lastEventId: string | undefined;
  heartbeatSeconds: number;
  /** Calls back once the right to listen has ended; answers the way to stop watching. */
  onRevoked: (revoked: () => void) => () => void;
  /** What was said in a conversation up to now. */
  history: (conversationId: string) => Promise<History>;
  /** The conversation in which the lead's calls and messages are now. */
  current: () => Promise<string | undefined>;
};

/**
 * Feeds the stream of a phone customer: the primed cursor, `connected`, the history where it is wanted or the cursor is not
 * held by the log, what is missing after the cursor, then everything live, under the names of telephony. Where the
 * customer begins a new conversation, the stream goes on with it from its first entry.
 */
export async function openLeadStream(sink: StreamSink, stream: LeadStream): Promise<void> {
  const { conversationId, lead } = stream;
  const cursor = seqOf(conversationId, stream.lastEventId);
  const follower = await followerOf(sink, stream, conversationId, cursor ?? 0);
  follow(follower);
  const history = await stream.history(conversationId);
  const lost = stream.lastEventId !== undefined && (cursor === undefined || cursor > history.head);
  const fresh = cursor === undefined || lost;
  if (fresh) {
    follower.last = history.head;
    follower.held = history.state.owner === "operator";
  }
  sink.onClose(stream.onRevoked(() => sink.close("revoked")));
  keepUp(sink, stream, conversationId);

  sink.write(cursorFrame(cursorOf(conversationId, follower.last)));
  sink.write(
    encodeFrame({
      event: "connected",
      data: {
        type: "connected",
        stream: "conversation",
        streamId: follower.streamId,
        conversationId,
        ...lead,
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
  if (lost || (fresh && stream.load)) sink.write(encodeFrame({ event: history.type, data: history }));
  follower.catchingUp = false;
  await replay(follower);
  settle(follower);
}

type LeadFollower = Follower & { held: boolean };

async function followerOf(
  sink: StreamSink,
  { companyId, lead }: LeadStream,
  conversationId: string,
  last: number,
): Promise<LeadFollower> {
  const follower: LeadFollower = {
    sink,
    streamId: newId(),
    companyId,
    conversationId,
    audience: "operators",
    last,
    catchingUp: true,
    opening: [],
    held: last > 0 && (await heldAt(companyId, conversationId, last)),
    frame: (event, id) => {
      const told = telephonyEvent(lead, event, follower.held);
      if (event.type === "state") follower.held = isHeld(event);
      return encodeFrame({ id, event: told.type, data: told });
    },
  };
  return follower;
}

/** Whether a person had the conversation at an entry of its log. */
async function heldAt(companyId: string, conversationId: string, seq: number): Promise<boolean> {
  const [row] = await read<{ state: Extract<DurableEvent, { type: "state" }>["state"] }>(
    companyId,
    `SELECT payload->'state' AS state FROM event
     WHERE company_id = $1 AND conversation_id = $2 AND type = 'state' AND seq <= $3 ORDER BY seq DESC LIMIT 1`,
    [companyId, conversationId, seq],
  );
  return row?.state.owner === "operator";
}

/** Looks every few seconds in which conversation the stream goes on. */
function keepUp(sink: StreamSink, stream: LeadStream, begun: string): void {
  let shown = begun;
  const look = async () => {
    const now = await stream.current();
    if (now === undefined || now === shown) return;
    shown = now;
    await goOnIn(sink, stream, now);
  };
  lookouts().add(look);
  sink.onClose(() => lookouts().delete(look));
}

async function goOnIn(sink: StreamSink, stream: LeadStream, conversationId: string): Promise<void> {
  const follower = await followerOf(sink, stream, conversationId, 0);
  follow(follower);
  follower.catchingUp = false;
  await replay(follower);
  settle(follower);
}

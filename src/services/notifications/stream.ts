import type { Move } from "#contracts/conversation";
import type { DurableEvent, LiveEvent } from "#contracts/events";
import { encodeFrame } from "#lib/sse";

/** Where a stream's frames go: an SSE response, a web socket, or a test. */
export type StreamSink = {
  write(bytes: Uint8Array): boolean;
  readonly closed: boolean;
  close(reason?: "ended" | "revoked" | "slow"): void;
  onClose(listener: () => void): void;
  drained(): Promise<void>;
};

/** Encodes an event once for all streams that carry it. */
export function eventFrame(event: LiveEvent, id?: string): Buffer {
  return encodeFrame({ id, event: event.type, data: event });
}

/**
 * The frames of an entry of the log: itself, and what follows from it for windows that listen for less: the end of an
 * answer that was being streamed, or an operator who came or went.
 */
export function durableFrames(event: DurableEvent, id: string | undefined): Buffer {
  const following = followingOf(event);
  const frame = eventFrame(event, id);
  return following === undefined ? frame : Buffer.concat([frame, eventFrame(following)]);
}

function followingOf(event: DurableEvent): LiveEvent | undefined {
  if (event.type === "message") return endOfAnswer(event);
  return event.type === "state" ? comingOrGoing(event) : undefined;
}

function endOfAnswer({ conversationId, seq, message }: MessageEvent): LiveEvent | undefined {
  if (message.answer === undefined) return undefined;
  const { runId, outcome } = message.answer;
  const run = { conversationId, runId, messageId: message.id };
  if (outcome === "complete") return { type: "complete", ...run, seq };
  return { type: "interrupted", ...run, reason: outcome === "stopped" ? "stopped" : "failed" };
}

function comingOrGoing({ conversationId, move, state }: StateEvent): LiveEvent | undefined {
  if (state.operator !== undefined) return { type: "agent_joined", conversationId, operator: state.operator };
  return leaving.has(move) ? { type: "agent_left", conversationId } : undefined;
}

type MessageEvent = Extract<DurableEvent, { type: "message" }>;
type StateEvent = Extract<DurableEvent, { type: "state" }>;

const leaving: ReadonlySet<Move> = new Set(["handBack", "release", "transfer", "resolve"]);

/** Moves a reader's cursor without firing an event (WHATWG HTML, server-sent events: a frame without data). */
export function cursorFrame(id: string): Buffer {
  return encodeFrame({ id });
}

import type { LiveEvent } from "#contracts/events";
import { encodeFrame } from "#lib/sse";

/** Where a stream's frames go: an SSE response, a web socket, or a test. */
export type StreamSink = {
  write(bytes: Uint8Array): boolean;
  readonly closed: boolean;
  close(reason?: "ended" | "revoked"): void;
  onClose(listener: () => void): void;
  drained(): Promise<void>;
};

/** Encodes an event once for all streams that carry it. */
export function eventFrame(event: LiveEvent, id?: string): Buffer {
  return encodeFrame({ id, event: event.type, data: event });
}

/** The frames by which an AI answer that was being streamed ends: the stored message, then the word that it is complete. */
export function durableFrames(event: LiveEvent, id: string | undefined): Buffer {
  const frame = eventFrame(event, id);
  if (event.type !== "message" || event.message.answer === undefined) return frame;
  const { conversationId, seq } = event;
  const { runId, outcome } = event.message.answer;
  const run = { conversationId, runId, messageId: event.message.id };
  const ending: LiveEvent =
    outcome === "complete"
      ? { type: "complete", ...run, seq }
      : { type: "interrupted", ...run, reason: outcome === "stopped" ? "stopped" : "failed" };
  return Buffer.concat([frame, eventFrame(ending)]);
}

/** Moves a reader's cursor without firing an event (WHATWG HTML, server-sent events: a frame without data). */
export function cursorFrame(id: string): Buffer {
  return encodeFrame({ id });
}

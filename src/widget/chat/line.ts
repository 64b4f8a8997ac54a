import { signal } from "@preact/signals";
import type { ChatApi } from "#client/chat-api";
import { oneOf, shape, text } from "#client/guard";
import { type ConnectionStatus, openRealtime, type Realtime } from "#client/realtime";
import { sseTransport } from "#client/sse-transport";
import { systemTimers } from "#client/timers";
import type { Frame } from "#client/transport";
import type { WireError } from "#client/wire-error";
import type { ConversationSnapshot } from "#contracts/events";

type Line = {
  onFrame: (frame: Frame) => void;
  onConnected: () => void;
  /** Events were asked for instead of streamed. */
  onPoll: () => void;
  /** The right to listen has ended: makes it anew and says whether it is still to this conversation. */
  onRefused: (conversationId: string) => Promise<boolean>;
};

const isConnected = shape({ type: oneOf("connected"), streamId: text });

/** The one stream of the window, and how it stands. */
export function createLine({ onFrame, onConnected, onPoll, onRefused }: Line) {
  const status = signal<ConnectionStatus>({
    state: "connecting",
    since: Date.now(),
    failures: 0,
    transport: "sse",
  });
  let realtime: Realtime | undefined;
  let listeningTo = "";
  let streamId: string | undefined;

  return {
    status,
    /** The conversation that is listened to. */
    to: () => listeningTo,
    isOpen: () => realtime !== undefined,
    /** The name of the stream while it stands. */
    streamId: () => (status.value.state === "connected" ? streamId : undefined),
    /** Listens to a conversation from where its snapshot ends, and to no other any more. */
    listen(api: ChatApi, sessionId: string, { conversationId, head }: ConversationSnapshot) {
      if (listeningTo === conversationId) return;
      realtime?.close();
      listeningTo = conversationId;
      const opened = openRealtime({
        transport: sseTransport({ url: api.url(sessionId, "stream"), headers: api.headers }),
        poll: async (after, signal) => {
          onPoll();
          return api.events(sessionId, after, signal);
        },
        lastEventId: String(head),
        onEvent: (frame) => {
          if (isConnected(frame.data)) streamId = frame.data.streamId;
          onFrame(frame);
        },
        onRefused: () => onRefused(conversationId),
        online: () => navigator.onLine,
      });
      realtime = opened;
      status.value = opened.status();
      opened.subscribe(() => {
        const before = status.value.state;
        status.value = opened.status();
        if (before !== "connected" && status.value.state === "connected") onConnected();
      });
    },
    /** Until there is a session there is no stream; the window tells the same story nonetheless, and tries again. */
    failed(error: WireError, again: () => void) {
      const failures = status.value.failures + 1;
      const delay = Math.max(
        Math.min(30_000, 1_000 * 2 ** failures) * Math.random(),
        error.retryAfter ?? 500,
      );
      const state = failures < 3 && navigator.onLine ? "reconnecting" : "offline";
      const since = status.value.state === "connecting" ? Date.now() : status.value.since;
      const retryAt = Date.now() + delay;
      status.value = { state, since, failures, transport: "sse", error, retryAt };
      systemTimers.after(delay, () => {
        if (realtime === undefined) again();
      });
    },
    retry: () => realtime?.retry(),
    close: () => realtime?.close(),
  };
}

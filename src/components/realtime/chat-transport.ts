import type { ChatApi } from "#client/chat-api";
import { sseTransport } from "#client/sse-transport";
import type { Transport } from "#client/transport";
import { webSocketTransport } from "#client/websocket-transport";
import { pollingTransport } from "./polling-transport.ts";

/** The three ways to receive a chat; all carry the same events with the same cursor. */
export type ChatTransport = "sse" | "websocket" | "polling";

type Session = { sessionId: string; token: string; topic?: string | undefined };

/** The way of this name to the events of a session. */
export function chatTransport(name: ChatTransport, api: ChatApi, session: Session): Transport {
  const { sessionId, token, topic } = session;
  switch (name) {
    case "sse":
      return sseTransport({ url: api.url(sessionId, "stream"), headers: api.headers });
    case "websocket":
      return webSocketTransport({
        url: () => socketUrl(api.base || location.origin),
        authenticate: () => ({
          stream: "conversation",
          sessionId,
          token,
          ...(topic !== undefined && { topic }),
        }),
      });
    case "polling":
      return pollingTransport((after, signal) => api.events(sessionId, after, signal));
  }
}

/** Where the sockets of a Baton are. */
export function socketUrl(base: string): string {
  return new URL("/ws", base.replace(/^http/, "ws")).href;
}

"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { createChatApi } from "#client/chat-api";
import { type ConversationEvent, parseConversationEvent } from "#client/conversation-events";
import { createLatencyMeter } from "#client/latency";
import { sseTransport } from "#client/sse-transport";
import type { Transport } from "#client/transport";
import { webSocketTransport } from "#client/websocket-transport";
import { asWireError, type WireError } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import type { MessageView, OperatorRef } from "#contracts/conversation";
import { useRealtime } from "./use-realtime.ts";

export type RealtimeChatOptions = {
  sessionId: string;
  /** The session's secret; it travels in a header, or in the first message of a socket. */
  token: string;
  transport?: Transport["name"];
  onMessage?: (message: MessageView) => void;
  onAgentJoined?: (operator: OperatorRef) => void;
  onTyping?: (typing: Extract<ConversationEvent, { type: "typing" }>) => void;
  onEvent?: (event: ConversationEvent) => void;
  onError?: (error: WireError) => void;
};

/** A customer's chat as a React hook: events in, messages out, and how the connection stands. */
export function useRealtimeChat(options: RealtimeChatOptions) {
  const { sessionId, token, transport = "sse", onError } = options;
  const latest = useRef(options);
  latest.current = options;
  const [meter] = useState(() => createLatencyMeter());
  const [failure, setFailure] = useState<WireError>();
  const seen = useRef(new Set<string>());

  const { status, retry } = useRealtime(`${transport}:${sessionId}:${token}`, () => {
    const api = createChatApi({ token: () => token });
    return {
      transport: transportOf(transport, sessionId, token),
      poll: (after, signal) => api.events(sessionId, after, signal),
      onEvent: (frame) => {
        const event = parseConversationEvent(frame);
        if (event !== undefined) receive(event);
      },
    };
  });

  function receive(event: ConversationEvent) {
    const { onMessage, onAgentJoined, onTyping, onEvent } = latest.current;
    if (event.type === "message") {
      if (seen.current.has(event.message.id)) return;
      seen.current.add(event.message.id);
      if (event.message.clientId) meter.received(event.message.clientId, performance.now());
      onMessage?.(event.message);
    }
    if (event.type === "agent_joined") onAgentJoined?.(event.operator);
    if (event.type === "typing") onTyping?.(event);
    onEvent?.(event);
  }

  const sendMessage = useCallback(
    async (text: string, more: { clientId?: string; replyTo?: string } = {}): Promise<SentMessage> => {
      const clientId = more.clientId ?? crypto.randomUUID();
      meter.sent(clientId, performance.now());
      const body = { text, clientId, ...(more.replyTo === undefined ? {} : { replyTo: more.replyTo }) };
      try {
        const sent = await createChatApi({ token: () => token }).send(sessionId, body);
        meter.received(clientId, performance.now());
        setFailure(undefined);
        return sent;
      } catch (error) {
        setFailure(asWireError(error));
        throw error;
      }
    },
    [sessionId, token, meter],
  );

  const error = failure ?? status.error;
  useEffect(() => {
    if (error !== undefined) onError?.(error);
  }, [error, onError]);

  return {
    sendMessage,
    isConnected: status.state === "connected",
    error,
    status,
    retry,
    latency: meter.read,
  };
}

function transportOf(name: Transport["name"], sessionId: string, token: string): Transport {
  if (name === "websocket") {
    return webSocketTransport({
      url: () => `${location.origin.replace(/^http/, "ws")}/ws`,
      authenticate: () => ({ stream: "conversation", session: token, sessionId }),
    });
  }
  return sseTransport({
    url: `/api/chat/${encodeURIComponent(sessionId)}/stream`,
    headers: () => ({ authorization: `Bearer ${token}` }),
  });
}

"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { createChatApi } from "#client/chat-api";
import { type Conversation, withoutStale } from "#client/conversation";
import { type ConversationEvent, parseConversationEvent } from "#client/conversation-events";
import { createLatencyMeter, type Latency } from "#client/latency";
import type { Frame } from "#client/transport";
import { asWireError, WireError } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import type { MessageView, OperatorRef } from "#contracts/conversation";
import { type ChatTransport, chatTransport } from "./chat-transport.ts";
import { hear, news } from "./heard.ts";
import { useRealtime } from "./use-realtime.ts";

export type RealtimeChatOptions = {
  /** The session and its secret, once there is one; the secret travels in a header or in a socket's first message. */
  sessionId?: string | undefined;
  token?: string | undefined;
  /** The origin of Baton, where it is not the page's own. */
  base?: string;
  transport?: ChatTransport;
  /** Called once for each message in its order, those of an earlier visit first. */
  onMessage?: (message: MessageView) => void;
  /** A person is in the chat now. */
  onAgentJoined?: (operator: OperatorRef) => void;
  onTyping?: (typing: Extract<ConversationEvent, { type: "typing" }>) => void;
  onEvent?: (event: ConversationEvent) => void;
  onError?: (error: WireError) => void;
};

const noMessages: readonly MessageView[] = [];

/** A customer's chat as a React hook: what was said, a way to say more, and how the connection stands. */
export function useRealtimeChat(options: RealtimeChatOptions) {
  const { sessionId, token, base, transport = "sse" } = options;
  const callbacks = useRef(options);
  callbacks.current = options;
  const [meter] = useState(() => createLatencyMeter());
  const [latency, setLatency] = useState<Latency>();
  const [failure, setFailure] = useState<WireError>();
  const known = useRef<Conversation>(undefined);
  const knownOf = useRef<string>(undefined);
  const [conversation, setConversation] = useState<Conversation>();

  const isOpen = sessionId !== undefined && token !== undefined;
  const key = isOpen ? `${transport}:${base ?? ""}:${sessionId}:${token}` : undefined;
  const connect = () => {
    if (knownOf.current !== sessionId) known.current = undefined;
    knownOf.current = sessionId;
    const session = { sessionId: sessionId ?? "", token: token ?? "" };
    const api = createChatApi({ ...(base && { base }), token: () => token });
    return {
      transport: chatTransport(transport, api, session),
      poll: (after: string | undefined, signal: AbortSignal) => api.events(session.sessionId, after, signal),
    };
  };
  const { status, retry } = useRealtime(key, connect, receive);

  function receive(frame: Frame) {
    const event = parseConversationEvent(frame);
    if (event === undefined) return;
    const before = known.current;
    const after = hear(before, event, Date.now());
    known.current = after;
    setConversation(after);

    const { onMessage, onAgentJoined, onTyping, onEvent } = callbacks.current;
    const { messages, joined } = news(before, after);
    for (const message of messages) {
      if (message.clientId !== undefined) meter.received(message.clientId, performance.now());
      onMessage?.(message);
    }
    if (messages.length > 0) setLatency(meter.read());
    if (joined !== undefined) onAgentJoined?.(joined);
    if (event.type === "typing") onTyping?.(event);
    onEvent?.(event);
  }

  useEffect(() => {
    if (conversation === undefined || Object.keys(conversation.typists).length === 0) return;
    const timer = setInterval(() => {
      known.current = known.current && withoutStale(known.current, Date.now());
      setConversation(known.current);
    }, 1_000);
    return () => clearInterval(timer);
  }, [conversation]);

  /** Stores a message; the same `clientId` again is the same message. Nothing comes back where it was not stored: see `error`. */
  const sendMessage = useCallback(
    async (
      text: string,
      more: { clientId?: string; replyTo?: string } = {},
    ): Promise<SentMessage | undefined> => {
      const { clientId = crypto.randomUUID(), ...rest } = more;
      meter.sent(clientId, performance.now());
      try {
        if (sessionId === undefined) throw new WireError("not_open", "The chat is not open yet.");
        const api = createChatApi({ ...(base && { base }), token: () => token });
        const sent = await api.send(sessionId, { text, clientId, ...rest });
        setFailure(undefined);
        return sent;
      } catch (error) {
        setFailure(asWireError(error));
        return undefined;
      }
    },
    [sessionId, token, base, meter],
  );

  const error = failure ?? status.error;
  useEffect(() => {
    if (error !== undefined) callbacks.current.onError?.(error);
  }, [error]);

  return {
    messages: conversation?.messages ?? noMessages,
    /** The answer that is being written. */
    answer: conversation?.run,
    typists: Object.values(conversation?.typists ?? {}),
    state: conversation?.state,
    sendMessage,
    isConnected: status.state === "connected",
    error,
    status: { ...status, transport },
    /** From the call of `sendMessage` to the message's return on the connection, in milliseconds. */
    latency,
    retry,
  };
}

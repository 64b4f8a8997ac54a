"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { createChatApi } from "#client/chat-api";
import { type Conversation, withoutStale } from "#client/conversation";
import { type ConversationEvent, parseConversationEvent } from "#client/conversation-events";
import { createLatencyMeter, type Latency } from "#client/latency";
import { parseTopics } from "#client/topics";
import type { Frame } from "#client/transport";
import { asWireError, WireError } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import type { MessageView, OperatorRef } from "#contracts/conversation";
import type { StructuredAnswer } from "#contracts/structured";
import type { TopicView } from "#contracts/topics";
import { type ChatTransport, chatTransport } from "./chat-transport.ts";
import { hear, news } from "./heard.ts";
import { useRealtime } from "./use-realtime.ts";

export type RealtimeChatOptions = {
  /** The session and its secret, once there is one; the secret travels in a header or in a socket's first message. */
  sessionId?: string | undefined;
  token?: string | undefined;
  /** The origin of Baton, where it is not the page's own. */
  base?: string;
  /** Which of the customer's topics is shown; General otherwise. */
  topic?: string;
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
  const { sessionId, token, base, topic, transport = "sse" } = options;
  const callbacks = useRef(options);
  callbacks.current = options;
  const [meter] = useState(() => createLatencyMeter());
  const [latency, setLatency] = useState<Latency>();
  const [failure, setFailure] = useState<WireError>();
  const known = useRef<Conversation>(undefined);
  const knownOf = useRef<string>(undefined);
  const [conversation, setConversation] = useState<Conversation>();
  const [topics, setTopics] = useState<readonly TopicView[]>([]);

  const isOpen = sessionId !== undefined && token !== undefined;
  const key = isOpen ? `${transport}:${base ?? ""}:${sessionId}:${topic ?? ""}:${token}` : undefined;
  const connect = () => {
    const shown = `${sessionId}:${topic ?? ""}`;
    if (knownOf.current !== shown) known.current = undefined;
    knownOf.current = shown;
    const session = { sessionId: sessionId ?? "", token: token ?? "", topic };
    const api = apiOf({ base, token, topic });
    return {
      transport: chatTransport(transport, api, session),
      poll: (after: string | undefined, signal: AbortSignal) => api.events(session.sessionId, after, signal),
    };
  };
  const { status, retry } = useRealtime(key, connect, receive);

  function receive(frame: Frame) {
    const told = parseTopics(frame);
    if (told !== undefined) setTopics(told);
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
      more: { clientId?: string; replyTo?: string; data?: StructuredAnswer } = {},
    ): Promise<SentMessage | undefined> => {
      const { clientId = crypto.randomUUID(), ...rest } = more;
      meter.sent(clientId, performance.now());
      try {
        if (sessionId === undefined) throw new WireError("not_open", "The chat is not open yet.");
        const sent = await apiOf({ base, token, topic }).send(sessionId, { text, clientId, ...rest });
        setFailure(undefined);
        return sent;
      } catch (error) {
        setFailure(asWireError(error));
        return undefined;
      }
    },
    [sessionId, token, base, topic, meter],
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
    /** All topics of the customer, once there is more than one. */
    topics,
    sendMessage,
    isConnected: status.state === "connected",
    error,
    status: { ...status, transport },
    /** From the call of `sendMessage` to the message's return on the connection, in milliseconds. */
    latency,
    retry,
  };
}

function apiOf({
  base,
  token,
  topic,
}: {
  base: string | undefined;
  token: string | undefined;
  topic: string | undefined;
}) {
  return createChatApi({
    ...(base !== undefined && { base }),
    ...(topic !== undefined && { topic }),
    token: () => token,
  });
}

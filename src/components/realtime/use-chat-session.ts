"use client";

import { useEffect, useState } from "react";
import { createChatApi } from "#client/chat-api";
import { shape, text } from "#client/guard";
import { asWireError, isPassing, type WireError } from "#client/wire-error";
import type { AgentCard } from "#contracts/chat";

type Ticket = { sessionId: string; token: string };

export type ChatSession = Partial<Ticket> & { agent?: AgentCard; sessionError?: WireError };

/** Opens a customer's session with an agent, and goes on with it after a reload; spread it into `useRealtimeChat`. */
export function useChatSession(agentId: string, { base }: { base?: string } = {}): ChatSession {
  const [session, setSession] = useState<ChatSession>({});

  useEffect(() => {
    let left = false;
    const key = `baton:own-window:${agentId}`;
    open(agentId, base, read(key)).then(
      (opened) => {
        const { sessionId, token } = opened;
        sessionStorage.setItem(key, JSON.stringify({ sessionId, token }));
        if (!left) setSession(opened);
      },
      (error) => {
        if (!left) setSession({ sessionError: asWireError(error) });
      },
    );
    return () => {
      left = true;
    };
  }, [agentId, base]);

  return session;
}

async function open(agentId: string, base: string | undefined, ticket: Ticket | undefined) {
  const api = createChatApi({ ...(base && { base }), token: () => ticket?.token });
  const about = { agentId, locale: navigator.language };
  try {
    const { sessionId, token = ticket?.token ?? "", agent } = await api.openSession(about);
    return { sessionId, token, agent };
  } catch (error) {
    // A session that has ended makes room for a new one; a server that is away does not.
    if (ticket === undefined || isPassing(error)) throw error;
    return open(agentId, base, undefined);
  }
}

const isTicket = shape({ sessionId: text, token: text });

function read(key: string): Ticket | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return isTicket(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

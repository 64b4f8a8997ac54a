"use client";

import { useState } from "react";
import type { ChatTransport } from "#components/realtime/chat-transport.ts";
import { useChatSession } from "#components/realtime/use-chat-session.ts";
import { useRealtimeChat } from "#components/realtime/use-realtime-chat.ts";
import { ChatCard } from "./chat-card.tsx";
import { CodeSample } from "./code-sample.tsx";
import { ConnectionCard } from "./connection-card.tsx";

/** The chat, what carries it, and the code for it. */
export function OwnWindow({ agentId }: { agentId: string }) {
  const [transport, setTransport] = useState<ChatTransport>("websocket");
  const { agent, sessionError, ...session } = useChatSession(agentId);
  const chat = useRealtimeChat({ ...session, transport });

  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <ChatCard agent={agent} chat={chat} error={sessionError ?? chat.error} />
      <div className="flex min-w-0 flex-col gap-6">
        <ConnectionCard
          status={chat.status}
          latency={chat.latency}
          transport={transport}
          onTransport={setTransport}
        />
        <CodeSample transport={transport} />
      </div>
    </div>
  );
}

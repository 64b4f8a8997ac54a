"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { OutboxEntry } from "#client/outbox";
import { toast } from "#components/ui/toaster.tsx";
import type { SentMessage } from "#contracts/chat";
import type { MessageView } from "#contracts/conversation";
import type { MessageData } from "#contracts/structured";
import { holdOf } from "./composer/hold.ts";
import { draftsOf } from "./composer/use-draft.ts";
import { desk } from "./data/desk-api.ts";
import { followEvent, keys } from "./data/queries.ts";
import type { Me } from "./inbox-context.tsx";
import {
  type Along,
  type Audience,
  flushOutboxes,
  onDelivered,
  onRefused,
  onSending,
  reviveOutboxes,
} from "./outboxes.ts";

type Options = {
  me: Me;
  connected: boolean;
  sending: (clientId: string) => void;
  open: (conversationId: string) => void;
  /** Which conversation is in front. */
  front: () => string | undefined;
};

/** Keeps what this operator wrote on its way: over a reload, over a gap of the connection, and as the window closes. */
export function useOutboxes({ me, connected, sending, open, front }: Options) {
  const client = useQueryClient();

  useEffect(() => {
    onSending(sending);
    onDelivered((conversationId, { entry, sent, audience }) => {
      const message = storedMessage(conversationId, entry, sent, audience, me);
      followEvent(client, { type: "message", conversationId, seq: sent.seq, message }, me.id);
    });
    onRefused((conversationId, { text }, words) => {
      freshen(client, conversationId);
      if (front() === conversationId) return;
      toast.error(words, {
        description: `Not sent: ${text.slice(0, 80)}`,
        action: { label: "Open", onClick: () => open(conversationId) },
      });
    });
    holdOf(me.id);
    reviveOutboxes(me.id);
  }, [client, me, sending, open, front]);

  useEffect(() => {
    // Drafts of other browsers are a help, not a need.
    const fetchDrafts = () =>
      void desk
        .drafts()
        .then(draftsOf(me.id).adopt)
        .catch(() => undefined);
    const onShow = () => document.visibilityState === "visible" && fetchDrafts();
    const onLeave = () => {
      holdOf(me.id).releaseAll();
      draftsOf(me.id).flush();
    };
    fetchDrafts();
    document.addEventListener("visibilitychange", onShow);
    window.addEventListener("pagehide", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onShow);
      window.removeEventListener("pagehide", onLeave);
    };
  }, [me.id]);

  useEffect(() => {
    if (connected) flushOutboxes();
  }, [connected]);
}

/** What was shown beforehand may not have come to pass. */
function freshen(client: QueryClient, conversationId: string) {
  client.invalidateQueries({ queryKey: keys.thread(conversationId) });
  client.invalidateQueries({ queryKey: ["list"] });
}

function storedMessage(
  conversationId: string,
  { text, clientId, attachments, along }: OutboxEntry,
  { messageId, seq, createdAt }: SentMessage,
  audience: Audience,
  me: Me,
): MessageView {
  return {
    id: messageId,
    conversationId,
    seq,
    author: { kind: "operator", id: me.id, name: me.name },
    text,
    audience: audience === "all" ? "all" : "operators",
    clientId,
    attachments,
    data: dataOf(audience, (along ?? {}) as Along),
    createdAt,
  };
}

function dataOf(audience: Audience, { mentions, data }: Along): MessageData | undefined {
  if (audience === "whisper") return { kind: "whisper" };
  if (mentions && mentions.length > 0) return { kind: "mention", operators: mentions };
  return data as MessageData | undefined;
}

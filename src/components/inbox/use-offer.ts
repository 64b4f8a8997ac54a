"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ConversationOffer } from "#contracts/operator";
import { keys } from "./data/queries.ts";
import type { Thread } from "./data/thread.ts";

/** Who is asked to take a conversation now. When the time is up, the server is asked who is next: its clock counts. */
export function useOffer(thread: Thread | undefined): ConversationOffer | undefined {
  const client = useQueryClient();
  const id = thread?.row.id;
  const offer = thread?.row.state.state === "WAITING_HUMAN" ? thread.offer : undefined;
  const until = offer?.until;
  useEffect(() => {
    if (id === undefined || until === undefined) return;
    const left = Math.max(0, Date.parse(until) - Date.now()) + 500;
    const timer = setTimeout(() => client.invalidateQueries({ queryKey: keys.thread(id) }), left);
    return () => clearTimeout(timer);
  }, [client, id, until]);
  return offer;
}

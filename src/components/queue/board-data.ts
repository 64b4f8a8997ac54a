"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { z } from "zod";
import { asWireError, readWireError } from "#client/wire-error";
import { openConversation } from "#components/alerts/open-conversation.ts";
import { useTellings } from "#components/alerts/use-tellings.ts";
import type { InboxEvent } from "#components/inbox/data/events.ts";
import { useInboxStream } from "#components/inbox/use-inbox-stream.ts";
import { EstimateReport, QueueBoard } from "#contracts/desk";

/** For so long what happens is gathered before the board is read again, in milliseconds. */
const gathered = 600;

/** What changes who waits, or who is there for them. */
const moving = new Set<InboxEvent["type"]>(["row", "state", "attributes", "queue", "presence", "snapshot"]);

async function get<T>(url: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { cache: "no-store", signal }).catch((error) => {
    throw signal.aborted ? error : asWireError(error);
  });
  if (!response.ok) throw await readWireError(response);
  return schema.parse(await response.json());
}

/** The queue as it is now. Nothing depends on the stream: the board is read twice a minute in any case. */
export function useBoard() {
  return useQuery({
    queryKey: ["queue", "board"],
    queryFn: ({ signal }) => get("/api/admin/routing/board", QueueBoard, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** How good the waits were that customers were told. */
export function useEstimates() {
  return useQuery({
    queryKey: ["queue", "estimates"],
    queryFn: ({ signal }) => get("/api/admin/routing/estimates", EstimateReport, signal),
    staleTime: 300_000,
  });
}

/** Tells its operator what happens, and reads the board again soon after something moved, at most once in so long however much happens. */
export function useLiveBoard(me: string) {
  const tell = useTellings({ me, shown: undefined, open: openConversation });
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hear = useCallback(
    (event: InboxEvent) => {
      tell(event);
      if (!moving.has(event.type) || timer.current !== undefined) return;
      timer.current = setTimeout(() => {
        timer.current = undefined;
        void client.invalidateQueries({ queryKey: ["queue", "board"] });
      }, gathered);
    },
    [client, tell],
  );
  return useInboxStream(undefined, hear);
}

"use client";

import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { isPassing } from "#client/wire-error";
import type { InboxEvent } from "./data/events.ts";
import { followEvent, refreshAll } from "./data/queries.ts";
import { InboxContextProvider, type Me } from "./inbox-context.tsx";
import { flushOutboxes, onDelivered, reviveOutboxes } from "./outboxes.ts";
import { Panes } from "./panes.tsx";
import { useAlerts } from "./use-alerts.ts";
import { useInboxStream } from "./use-inbox-stream.ts";
import { usePlace } from "./use-place.ts";

/** The whole inbox, alive. It stays while its addresses change. */
export function Inbox({ me }: { me: Me }) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <LiveInbox me={me} />
    </QueryClientProvider>
  );
}

function LiveInbox({ me }: { me: Me }) {
  const client = useQueryClient();
  const { place, go } = usePlace();
  const alert = useAlerts({ place, me: me.id, open: (conversationId) => go({ conversationId }) });
  const [fresh, setFresh] = useState(true);

  const follow = useCallback(
    (event: InboxEvent) => {
      followEvent(client, event, me.id);
      alert(event);
      if (event.type !== "snapshot") return;
      // The first one stands beside what was just fetched; any other one means that something was missed.
      if (!fresh) refreshAll(client);
      setFresh(false);
    },
    [client, me.id, alert, fresh],
  );
  const { status, retry, latency, sending } = useInboxStream(place.conversationId, follow);

  useEffect(() => {
    onDelivered((conversationId, { entry, sent, audience }) => {
      const { messageId, seq, createdAt } = sent;
      const author = { kind: "operator" as const, id: me.id, name: me.name };
      const { text, clientId, attachments } = entry;
      const message = {
        id: messageId,
        conversationId,
        seq,
        author,
        text,
        audience,
        clientId,
        attachments,
        createdAt,
      };
      followEvent(client, { type: "message", conversationId, seq, message }, me.id);
    });
    reviveOutboxes(me.id);
  }, [client, me]);

  useEffect(() => {
    if (status.state === "connected") flushOutboxes();
  }, [status.state]);

  const parts = useMemo(
    () => ({ me, status, retry, latency, sending }),
    [me, status, retry, latency, sending],
  );
  return (
    <InboxContextProvider value={parts}>
      <Panes place={place} go={go} />
    </InboxContextProvider>
  );
}

function makeClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The stream keeps everything fresh; what it cannot tell is fetched when it says so.
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
    },
  });
}

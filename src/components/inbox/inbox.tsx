"use client";

import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { isPassing } from "#client/wire-error";
import { createComposerAccess } from "./composer/access.ts";
import type { InboxEvent } from "./data/events.ts";
import { followEvent, refreshAll } from "./data/queries.ts";
import { InboxContextProvider, type Me } from "./inbox-context.tsx";
import { Panes } from "./panes.tsx";
import { useAlerts } from "./use-alerts.ts";
import { useInboxStream } from "./use-inbox-stream.ts";
import { useOutboxes } from "./use-outboxes.ts";
import { usePlace } from "./use-place.ts";

type Props = { me: Me; company: { name: string } };

/** The whole inbox, alive. It stays while its addresses change. */
export function Inbox(props: Props) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <LiveInbox {...props} />
    </QueryClientProvider>
  );
}

function LiveInbox({ me, company }: Props) {
  const client = useQueryClient();
  const { place, go } = usePlace();
  const latest = useRef({ place, go });
  latest.current = { place, go };
  const open = useCallback((conversationId: string) => latest.current.go({ conversationId }), []);
  const front = useCallback(() => latest.current.place.conversationId, []);
  const alert = useAlerts({ place, me: me.id, open });
  const [fresh, setFresh] = useState(true);
  const [composer] = useState(createComposerAccess);

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
  useOutboxes({ me, connected: status.state === "connected", sending, open, front });

  const parts = useMemo(
    () => ({ me, company, status, retry, latency, open, composer }),
    [me, company, status, retry, latency, open, composer],
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

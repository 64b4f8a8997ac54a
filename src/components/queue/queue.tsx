"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { isPassing } from "#client/wire-error";
import { QueuePage } from "./queue-page.tsx";

type Props = {
  me: string;
  teams: { id: string; name: string }[];
  /** Whether how good the estimates were is shown too. */
  seesEstimates: boolean;
};

/** The queue as those see it who look after it. */
export function Queue(props: Props) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <section
        aria-label="Queue"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who reads with the keyboard must be able to scroll it.
        tabIndex={0}
        className="h-full overflow-y-auto outline-none"
      >
        <QueuePage {...props} />
      </section>
    </QueryClientProvider>
  );
}

function makeClient() {
  return new QueryClient({
    defaultOptions: { queries: { retry: (failures, error) => failures < 2 && isPassing(error) } },
  });
}

"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { isPassing } from "#client/wire-error";
import { AnalyticsPage } from "./analytics-page.tsx";

/** All reports, in one frame. */
export function Analytics() {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <section
        aria-label="Reports"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who reads with the keyboard must be able to scroll it.
        tabIndex={0}
        className="h-full overflow-y-auto outline-none"
      >
        <AnalyticsPage />
      </section>
    </QueryClientProvider>
  );
}

function makeClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 20_000, retry: (failures, error) => failures < 2 && isPassing(error) },
    },
  });
}

"use client";

import { CloudAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  const [at, setAt] = useState<Date>();
  const away = useServerAway();
  useEffect(() => setAt(new Date()), []);
  return (
    <EmptyState
      className="min-h-dvh"
      icon={<CloudAlert />}
      title={away ? "The server cannot be reached" : "This page did not load"}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing you wrote is lost.{" "}
      {away ? "Your connection or the server is away; it may be back in a moment." : ""}
      <details className="mt-4 text-start text-xs">
        <summary className="cursor-pointer">Technical details</summary>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 tabular-nums">
          <dt>Number</dt>
          <dd>{error.digest ?? "none was given"}</dd>
          <dt>Time</dt>
          <dd>{at?.toISOString()}</dd>
          <dt>Server</dt>
          <dd>{away ? "does not answer" : "answers"}</dd>
        </dl>
      </details>
    </EmptyState>
  );
}

/** Whether the server answers at all: a page that failed and a server that is away call for different things. */
function useServerAway(): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const asked = new AbortController();
    fetch("/api/health/live", { cache: "no-store", signal: asked.signal }).then(
      ({ ok }) => setAway(!ok),
      () => setAway(!asked.signal.aborted),
    );
    return () => asked.abort();
  }, []);
  return away;
}

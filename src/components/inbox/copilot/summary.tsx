"use client";

import { useQuery } from "@tanstack/react-query";
import { ListChecks, RefreshCw } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { copilot } from "./copilot-api.ts";

type Props = { conversationId: string; head: number };

/** What happened so far, where somebody asks for it. */
export function Summary({ conversationId, head }: Props) {
  const [wanted, setWanted] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["summary", conversationId],
    queryFn: () => copilot.summarise(conversationId),
    enabled: wanted,
    retry: false,
  });
  if (isFetching)
    return (
      <div role="status" className="flex flex-col gap-2">
        <span className="sr-only">The summary is being written</span>
        <Skeleton className="h-4" />
        <Skeleton className="h-4 w-10/12" />
        <Skeleton className="h-4 w-8/12" />
      </div>
    );
  if (error)
    return (
      <Callout tone="bad" title="The summary did not come">
        <p>{asWireError(error).message}</p>
        <Button size="sm" className="mt-2" onClick={() => void refetch()}>
          Try again
        </Button>
      </Callout>
    );
  if (data === undefined)
    return (
      <Button size="sm" onClick={() => setWanted(true)}>
        <ListChecks aria-hidden />
        Summarise
      </Button>
    );
  return (
    <>
      <ul aria-live="polite" className="flex list-disc flex-col gap-1.5 ps-4 text-sm marker:text-ink-3">
        {data.points.map((point) => (
          <li key={point} dir="auto">
            {point}
          </li>
        ))}
      </ul>
      {data.by === "keyless" ? (
        <p className="mt-2 text-ink-3 text-xs">
          In the conversation's own words: no language model took part.
        </p>
      ) : undefined}
      {data.head < head ? (
        <Button size="sm" className="mt-2.5" onClick={() => void refetch()}>
          <RefreshCw aria-hidden />
          Renew: more was said since
        </Button>
      ) : undefined}
    </>
  );
}

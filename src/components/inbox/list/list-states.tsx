"use client";

import { CloudAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** The shape of a list while it comes. */
export function Loading() {
  return (
    <div role="status" className="flex flex-col gap-1 pt-1">
      <span className="sr-only">Loading conversations</span>
      {["w-24", "w-32", "w-20", "w-28", "w-24", "w-36", "w-20"].map((width, index) => (
        <div key={`${width}${String(index)}`} className="flex h-16 items-center gap-3 px-2.5">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={cn("h-3", width)} />
            <Skeleton className="h-2.5 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** A list that did not come, and the way to try again. */
export function Failed({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      className="h-full pb-24"
      icon={<CloudAlert />}
      title="The list did not load"
      action={<Button onClick={retry}>Try again</Button>}
    >
      The server did not answer. Nothing is lost.
    </EmptyState>
  );
}

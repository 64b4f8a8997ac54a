"use client";

import { Bot, CheckCheck, CircleUserRound, Inbox, Layers } from "lucide-react";
import { useCounts } from "#components/inbox/data/queries.ts";
import { views } from "#components/inbox/data/rows.ts";
import { hrefOf, type Place } from "#components/inbox/use-place.ts";
import { viewNames } from "#components/inbox/words.ts";
import { cn } from "#components/ui/cn.ts";
import type { View } from "#contracts/operator";

export const viewIcons = {
  needs_response: Inbox,
  mine: CircleUserRound,
  all: Layers,
  ai: Bot,
  resolved: CheckCheck,
};

type Props = { place: Place; go: (to: Partial<Place>) => void };

/** The views of the inbox under each other, with what stands in each. */
export function ViewList({ place, go }: Props) {
  return (
    <nav aria-label="Views" className="flex flex-col gap-px">
      {views.map((view) => (
        <ViewLink key={view} view={view} place={place} go={go} />
      ))}
    </nav>
  );
}

function ViewLink({ view, place, go }: Props & { view: View }) {
  const Icon = viewIcons[view];
  const current = place.view === view;
  return (
    <a
      href={hrefOf({ view, conversationId: undefined })}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go({ view });
      }}
      className={cn(
        "flex h-8 items-center gap-2 rounded-md px-2 text-sm transition-colors",
        current ? "bg-hover font-medium text-ink" : "text-ink-2 hover:bg-hover/60 hover:text-ink",
      )}
    >
      <Icon className={cn("size-4 shrink-0", current ? "text-accent-ink" : "text-ink-3")} aria-hidden />
      <span className="flex-1 truncate">{viewNames[view]}</span>
      <ViewCount view={view} />
    </a>
  );
}

/** How many stand in a view; what needs a person stands out. */
export function ViewCount({ view }: { view: View }) {
  const count = useCounts()?.[view] ?? 0;
  if (count === 0) return undefined;
  const urgent = view === "needs_response";
  return (
    <span
      className={cn(
        "text-2xs tabular-nums",
        urgent
          ? "rounded-full bg-amber-soft px-1.5 font-semibold text-amber-ink ring-1 ring-amber-line ring-inset"
          : "text-ink-3",
      )}
    >
      {count > 9_999 ? `${Math.floor(count / 1_000)}k` : count}
    </span>
  );
}

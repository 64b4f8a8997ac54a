"use client";

import {
  AlarmClock,
  AtSign,
  Bot,
  CheckCheck,
  CircleUserRound,
  Hourglass,
  Inbox,
  Layers,
  type LucideIcon,
  MessageCircleReply,
} from "lucide-react";
import type { ReactNode } from "react";
import { useMentions } from "#components/inbox/data/desk-queries.ts";
import { useCounts } from "#components/inbox/data/queries.ts";
import { views } from "#components/inbox/data/rows.ts";
import { type Go, hrefOf, type Place } from "#components/inbox/use-place.ts";
import { viewNames } from "#components/inbox/words.ts";
import { cn } from "#components/ui/cn.ts";
import type { View } from "#contracts/operator";

export const viewIcons: Record<View, LucideIcon> = {
  needs_response: Inbox,
  mine: CircleUserRound,
  unassigned: Hourglass,
  waiting_customer: MessageCircleReply,
  snoozed: AlarmClock,
  all: Layers,
  ai: Bot,
  resolved: CheckCheck,
};

export const mentionsPlace = { view: "all", filters: {}, mentions: true } as const;

type Props = { place: Place; go: Go };

/** The views of the inbox under each other, with what stands in each. */
export function ViewList({ place, go }: Props) {
  const plain = !place.mentions && Object.keys(place.filters).length === 0;
  return (
    <nav aria-label="Views" className="flex flex-col gap-px">
      {views.map((view) => (
        <PlaceLink
          key={view}
          to={{ view, filters: {}, mentions: false }}
          current={plain && place.view === view}
          icon={viewIcons[view]}
          go={go}
          count={<ViewCount view={view} />}
        >
          {viewNames[view]}
        </PlaceLink>
      ))}
      <PlaceLink to={mentionsPlace} current={place.mentions} icon={AtSign} go={go} count={<MentionCount />}>
        Mentions
      </PlaceLink>
    </nav>
  );
}

type LinkProps = {
  to: Omit<Place, "conversationId">;
  current: boolean;
  icon: LucideIcon;
  go: Go;
  count?: ReactNode;
  children: ReactNode;
};

/** The way to one list. */
export function PlaceLink({ to, current, icon: Icon, go, count, children }: LinkProps) {
  return (
    <a
      href={hrefOf(to)}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
      className={cn(
        "flex h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 text-sm transition-colors",
        current ? "bg-hover font-medium text-ink" : "text-ink-2 hover:bg-hover/60 hover:text-ink",
      )}
    >
      <Icon className={cn("size-4 shrink-0", current ? "text-accent-ink" : "text-ink-3")} aria-hidden />
      <span dir="auto" className="min-w-0 flex-1 truncate text-start">
        {children}
      </span>
      {count}
    </a>
  );
}

/** How many stand in a view; what needs a person stands out. */
export function ViewCount({ view }: { view: View }) {
  return <Count of={useCounts()?.[view] ?? 0} urgent={view === "needs_response"} />;
}

/** How many notes that name this operator are unread. */
export function MentionCount() {
  return <Count of={useMentions().data?.pages[0]?.unread ?? 0} urgent />;
}

/** A number beside a list; none where nothing is in it. */
export function Count({ of, urgent }: { of: number; urgent?: boolean }) {
  if (of === 0) return undefined;
  return (
    <span
      className={cn(
        "text-2xs tabular-nums",
        urgent
          ? "rounded-full bg-amber-soft px-1.5 font-semibold text-amber-ink ring-1 ring-amber-line ring-inset"
          : "text-ink-3",
      )}
    >
      {of > 9_999 ? `${Math.floor(of / 1_000)}k` : of}
    </span>
  );
}
